import type { CompiledModel } from '../compile/compiled.ts'
import { distinctSchemas, schemaOf, tableLabel } from '../compile/naming.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import type { Fence } from '../warehouse/sharing.ts'
import type { Session } from '../warehouse/warehouse.ts'
import { stands } from './build-model.ts'
import { runsTable } from './run-history.ts'
import type { RunInput } from './run-input.ts'
import { staleStatement, statusTable } from './table-status.ts'

/**
 * Makes what a build stands on: schemas, an empty scratch, the engine's own tables. What an earlier run left in scratch goes, and what it left under another
 * name gets its own again, whatever is selected; no other run lives now.
 */
export async function prepare(
  session: Session,
  input: RunInput,
  models: readonly CompiledModel[],
  fence: Fence | undefined,
): Promise<void> {
  const { naming, warehouse, compiled, selected } = input
  const scratch = schemaOf(naming.scratch('x'))
  await putBack(session, input, fence)
  await warehouse.clearScratch(session, scratch)
  const sources = [...compiled.sourceTables.values()].filter(({ name }) => selected.has(name))
  const schemas = [scratch, schemaOf(naming.status), ...[...models, ...sources].map(({ table }) => schemaOf(table))]
  await warehouse.createSchemas(session, distinctSchemas(schemas))
  await prepareForFailures(session, input)
  await warehouse.createOwnTable(session, statusTable(naming.status))
  await warehouse.createOwnTable(session, runsTable(naming.runs))
  // From now on until it is published anew, each is of an earlier run, however this run ends.
  const tables = models.map(({ table }) => table)
  const condition = fence && warehouse.sharing?.fence(fence)
  if (tables.length > 0) await session.execute(staleStatement(naming.status, tables, warehouse.dialect, condition))
}

/** Gives what a killed run left under another name its own again, and says so. */
async function putBack(
  session: Session,
  { warehouse: { exchanges }, compiled, emit }: RunInput,
  fence: Fence | undefined,
): Promise<void> {
  if (exchanges === undefined) return
  const models = [...compiled.models.values()].filter(({ materialization }) => materialization !== 'inline')
  const raw = [...compiled.sourceTables.values()].flatMap(({ name, table }) => [
    { name, table },
    { name: `${name}__quarantine`, table: { ...table, name: `${table.name}__quarantine` } },
  ])
  const named = new Map([...models, ...raw].map(({ name, table }) => [tableLabel(table), { name, table }]))
  const tables = [...named.values()].map(({ table }) => table)
  for (const table of await exchanges.putBack(session, tables, fence)) {
    const { name } = named.get(tableLabel(table))!
    const message = 'an earlier run ended while another was to take its place; it stands under its name again'
    emit({ type: 'note', name, message })
  }
}

/** Raw tables that are built from are there with columns that suit, and what is read and not built stands. Throws `ProblemsError` with all that is wrong. */
export async function mustBeThere(
  session: Session,
  input: Pick<RunInput, 'warehouse' | 'compiled' | 'selected'>,
  models: readonly CompiledModel[],
): Promise<void> {
  const problems = [...(await sourceProblems(session, input)), ...(await missingTables(session, input, models))]
  if (problems.length > 0) throw new ProblemsError(problems)
}

/** Makes the schema of failing rows once, before tests that run at the same time would each make it. */
export async function prepareForFailures(session: Session, { storeFailures, warehouse }: RunInput): Promise<void> {
  if (storeFailures !== undefined) await warehouse.createSchemas(session, [storeFailures])
}

async function sourceProblems(
  session: Session,
  { warehouse, compiled, selected }: Pick<RunInput, 'warehouse' | 'compiled' | 'selected'>,
): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const table of compiled.sourceTables.values()) {
    if (!selected.has(table.name)) continue
    try {
      await warehouse.checkSource(session, table)
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error
      problems.push(...error.problems)
    }
  }
  return problems
}

/** Tables that models read and that neither stand nor are built in this run. */
async function missingTables(
  session: Session,
  { compiled, selected, warehouse }: Pick<RunInput, 'warehouse' | 'compiled' | 'selected'>,
  models: readonly CompiledModel[],
): Promise<Problem[]> {
  const missing = new Map<string, string>()
  for (const model of models) {
    for (const parent of [...model.parents, ...model.sourceTables]) {
      if (selected.has(parent) || missing.has(parent)) continue
      const { table } = compiled.models.get(parent) ?? compiled.sourceTables.get(parent)!
      if (await stands(session, warehouse, table)) continue
      // It gets its name again before anything is built.
      if (await warehouse.exchanges?.isLeftAside(session, table)) continue
      missing.set(parent, `${model.name} reads ${tableLabel(table)}, which is not built yet and not selected`)
    }
  }
  return [...missing].map(([parent, message]) => ({
    kind: 'project',
    message,
    hint: `select it too, as in --select +${compiled.models.has(parent) ? parent : `source:${parent}`}+, or build everything once`,
  }))
}
