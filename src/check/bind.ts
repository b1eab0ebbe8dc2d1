import type { Columns } from '../authoring/column.ts'
import type { CompiledExplanation, CompiledModel, CompiledProject, CompiledTest, Query } from '../compile/compiled.ts'
import { landingColumns } from '../compile/landing-columns.ts'
import { tablePath } from '../compile/naming.ts'
import { coreFunctions } from '../compile/portable/check-function.ts'
import { concat } from '../compile/query-text.ts'
import { problemInQuery, suggestName } from '../compile/sql-problem.ts'
import { nearest } from '../problems/nearest.ts'
import { type DescribedColumn, WarehouseError } from '../warehouse/warehouse.ts'
import { atATime } from './at-a-time.ts'
import { conditionsOf, explaining, idOf } from './authored-queries.ts'
import { type Binder, type DeclaredTable, NotVerified } from './binder.ts'
import { type At, compareColumns } from './compare-columns.ts'
import type { Found } from './found.ts'
import { usedAt } from './used-at.ts'

/**
 * Binds every query against the contracts of what it reads, and compares the columns that come out with the contract. One model's fault never
 * hides another's. A model for another engine alone is not bound; what reads it is.
 */
export async function bindProject(compiled: CompiledProject, binder: Binder): Promise<readonly Found[]> {
  await binder.declare(contractTables(compiled))
  const each = <Item>(items: Iterable<Item>, bind: (item: Item) => Promise<readonly Found[]>) =>
    atATime(binder.atATime, [...items], bind)
  const found = [
    await each(compiled.models.values(), model => bindModel(binder, model, compiled)),
    await each(compiled.dataTests, ({ name, test, query, reads }) => {
      const at = { file: test.file, name, id: idOf.query(name) }
      return bound(binder, query, at, columnsRead(reads, [], compiled))
    }),
    await each(compiled.explanations.values(), explanation => bindExplanation(binder, explanation, compiled)),
  ]
  return found.flat(2)
}

function contractTables({ sourceTables, models }: CompiledProject): readonly DeclaredTable[] {
  const raw = [...sourceTables.values()].map(({ table, columns }) => ({
    table,
    columns: { ...columns, ...landingColumns },
  }))
  const built = [...models.values()].flatMap(({ materialization, table, columns, fixpoint }) => [
    ...(materialization === 'inline' ? [] : [{ table, columns }]),
    ...Object.values(fixpoint?.work ?? {}),
  ])
  return [...raw, ...built]
}

async function bindModel(binder: Binder, model: CompiledModel, compiled: CompiledProject): Promise<readonly Found[]> {
  const { name, fixpoint } = model
  if ((model.model.value.engine ?? binder.engine) !== binder.engine) return []
  const on = binder.engine === 'duckdb' ? '' : ', on BigQuery,'
  const within = (id: string): Within => ({ file: model.model.file, name, id })
  const readable = columnsRead([...model.reads, ...model.parents], model.sourceTables, compiled)
  const found: Found[] = []
  const bind = async (uncast: Query, columns: Columns, says: string, id: string) => {
    const described = await describe(binder, uncast, within(id), readable)
    if ('problem' in described) found.push(described)
    else {
      const problems = compareColumns(described.columns, columns, says, within(id), uncast.text)
      found.push(...problems.map((problem): Found => ({ of: id, problem, kind: 'other' })))
    }
  }
  if (model.uncast) await bind(model.uncast, model.columns, `${name}${on}`, idOf.query(name))
  for (const part of ['start', 'step'] as const) {
    for (const { table, uncast } of fixpoint?.[part] ?? []) {
      const { columns } = fixpoint!.work[table]!
      await bind(uncast, columns, `${name}, its working table ${table}${on}`, idOf.step(name, part, table))
    }
  }
  // Nobody can read an inline model's rows to test them; its readers' tests see to them.
  if (model.materialization === 'inline') return found
  const own = new Set(Object.keys(model.columns))
  for (const test of model.tests) {
    for (const { id, condition } of conditionsOf(test)) {
      const query = concat(['select case when ', condition, ` then 1 end from ${tablePath(model.table)}`])
      found.push(...(await bound(binder, query, within(id), own)))
    }
    if (test.kind === 'never') {
      const id = idOf.test(test.name, 'rows')
      found.push(...(await bound(binder, test.rows(model.table), within(id), new Set([...own, ...readable]))))
    }
  }
  return [...found, ...(await boundRules(binder, model))]
}

async function bindExplanation(
  binder: Binder,
  explanation: CompiledExplanation,
  compiled: CompiledProject,
): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const { key, id, query, gives, reads, parents, sourceTables } of explaining(explanation)) {
    const at = { file: explanation.explanation.file, name: key, id }
    const described = await describe(binder, query, at, columnsRead([...reads, ...parents], sourceTables, compiled))
    if ('problem' in described) found.push(described)
    else found.push(...gives.flatMap(column => textProblems(column, described.columns, at)))
  }
  return found
}

/** How the queries that find ids are written. */
const written: Readonly<Record<string, string>> = {
  ids: 'ids: () => sql`select x.some_id as id from …`',
  named: 'ids: text => sql`select x.some_id as id, x.some_name as name from … where x.some_name = ${text}`',
  without: "without: text => sql`select x.some_name as name, 'is …' as because from … where x.some_name = ${text}`",
}

/** The engine compares what a person types with a column `id`, and tells columns `name` and `because`. */
function textProblems(wanted: string, columns: readonly DescribedColumn[], at: Within): readonly Found[] {
  const column = columns.find(({ name }) => name === wanted)
  if (column?.type?.kind === 'text') return []
  const what =
    column === undefined ? `gives no column '${wanted}'` : `gives '${wanted}' as ${column.engineType}, and not as text`
  const problem = problemInQuery({ text: '', segments: [] }, undefined, at, {
    message: `the query of ${at.name} ${what}`,
    hint: `write ${written[at.name]}`,
  })
  return [{ of: at.id, problem, kind: 'other' }]
}

/** The rules of columns, which the engine writes: one statement for all of them, and where that fails, one for each. */
async function boundRules(binder: Binder, model: CompiledModel): Promise<readonly Found[]> {
  const rules = model.tests.filter(test => 'holds' in test && test.kind !== 'always' && test.kind !== 'not_null')
  if (rules.length === 0 || (await faultOf(binder, model, rules)) === undefined) return []
  const found: Found[] = []
  for (const rule of rules) {
    const fault = await faultOf(binder, model, [rule])
    if (fault === undefined) continue
    const at = { file: model.model.file, name: rule.column ?? model.name }
    const message = `'${rule.says}' cannot be tested: ${fault.message}`
    const problem = problemInQuery({ text: '', segments: [] }, undefined, at, { message })
    const kind = fault instanceof NotVerified ? 'not verified' : 'other'
    found.push({ of: idOf.test(rule.name, 'holds'), problem, kind })
  }
  return found
}

async function faultOf(
  binder: Binder,
  { table }: CompiledModel,
  rules: readonly CompiledTest[],
): Promise<WarehouseError | NotVerified | undefined> {
  const conditions = rules.map(rule => `case when ${'holds' in rule ? rule.holds.text : 'true'} then 1 end`)
  try {
    await binder.describe(`select ${conditions.join(', ')} from ${tablePath(table)}`)
    return undefined
  } catch (error) {
    if (error instanceof WarehouseError || error instanceof NotVerified) return error
    throw error
  }
}

/** What a problem is told of where it has no place of its own, and the id of the query. */
interface Within extends At {
  readonly id: string
}

function columnsRead(models: readonly string[], sources: readonly string[], compiled: CompiledProject): Set<string> {
  const names = new Set<string>()
  for (const name of models)
    for (const column of Object.keys(compiled.models.get(name)?.columns ?? {})) names.add(column)
  for (const name of sources)
    for (const column of Object.keys(compiled.sourceTables.get(name)?.columns ?? {})) names.add(column)
  return names
}

async function bound(
  binder: Binder,
  query: Query,
  at: Within,
  readable: ReadonlySet<string>,
): Promise<readonly Found[]> {
  const found = await describe(binder, query, at, readable)
  return 'problem' in found ? [found] : []
}

async function describe(
  binder: Binder,
  query: Query,
  at: Within,
  readable: ReadonlySet<string>,
): Promise<{ readonly columns: readonly DescribedColumn[] } | Found> {
  try {
    return { columns: await binder.describe(query.text) }
  } catch (error) {
    if (error instanceof NotVerified) return notVerified(error, query, at)
    if (!(error instanceof WarehouseError)) throw error
    const { unknownName: unknown } = error
    const isFunction = /^there is no \w+ function named|^BigQuery: Function not found/.test(error.message)
    const problem = problemInQuery(query, error.offset, at, {
      message: messageOf(error, query),
      suggestion: unknown && (isFunction ? nearest(unknown, coreFunctions) : suggestName(unknown, query, readable)),
    })
    const hint = usedAt(problem, error.offset, query, at)
    return {
      of: at.id,
      problem: hint === undefined ? problem : { ...problem, hint },
      kind: error.errorKind === 'syntax' ? 'syntax' : isFunction ? 'function' : 'other',
    }
  }
}

function notVerified({ offset, message }: NotVerified, query: Query, at: Within): Found {
  return { of: at.id, problem: problemInQuery(query, offset, at, { message }), kind: 'not verified' }
}

/** What follows the author's text is the engine's: a fault there is that the author's ends too early. */
function messageOf({ errorKind, offset, message }: WarehouseError, { segments }: Query): string {
  const isAuthors = offset === undefined || segments.some(({ start, end }) => start <= offset && offset < end)
  return errorKind !== 'syntax' || isAuthors ? message : 'syntax error: the SQL ends here, where more was expected'
}
