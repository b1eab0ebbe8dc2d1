import type { CompiledModel, CompiledProject } from '../../compile/compiled.ts'
import { naming } from '../../compile/naming.ts'
import type { NodeResult, RunResult } from '../../run/result.ts'
import type { Row } from '../../warehouse/warehouse.ts'
import { buildIn, compiledFor, modelsWithRows, rowsOf, settingsOf } from '../build-in.ts'
import { type RowsDifference, rowsDifference } from '../compare-rows.ts'
import type { Findings } from '../findings.ts'
import { inSessions, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { withCauses } from './causes.ts'

/** A table, as it should be and as it is. */
interface Table {
  readonly name: string
  readonly table: CompiledModel['table']
  readonly columns: CompiledModel['columns']
  /** What tells its rows apart; empty where nothing does. */
  readonly key: readonly string[]
}

/** What should come out of the retailer's raw files: rows of every table, and what each test finds. */
export interface ExpectedRetailer {
  readonly rows: ReadonlyMap<string, readonly Row[]>
  readonly result: RunResult
}

/** Builds the retailer in DuckDB, in memory: what other engines' rows are compared with. */
export function expectedRetailer(kit: Kit): Promise<ExpectedRetailer> {
  return inWarehouse(kit.openReference, async warehouse => {
    const local = naming(undefined)
    const compiled = compiledFor(kit.retailer, warehouse.dialect, local)
    const result = await buildIn(warehouse, kit.retailer, local, { ...settingsOf(kit), runId: kit.newRunId() })
    const rows = new Map<string, readonly Row[]>()
    const session = await warehouse.connect()
    for (const table of tablesOf(compiled)) rows.set(table.name, await rowsOf(session, warehouse.dialect, table))
    session.close()
    return { rows, result }
  })
}

/** The retailer built from its raw files has the same rows in every raw table and model, and its tests find as much. */
export async function checkModels(
  kit: Kit,
  expected: ExpectedRetailer,
  differingMacros: readonly string[],
  soFar: Findings,
): Promise<CheckOutcome> {
  return inWarehouse(
    () => kit.open('retailer'),
    async warehouse => {
      const there = kit.naming('retailer')
      const compiled = compiledFor(kit.retailer, warehouse.dialect, there)
      const result = await buildIn(warehouse, kit.retailer, there, { ...settingsOf(kit), runId: kit.newRunId() })
      kit.meter.mustGoOn()
      const tables = tablesOf(compiled)
      const results = new Map(result.results.map(node => [node.name, node]))
      const found = await inSessions(kit, warehouse, 'models', tables, async (session, table) => {
        const node = results.get(table.name)
        const sql = compiled.models.get(table.name)?.query?.text
        const failure = failureOf(node)
        if (failure !== undefined) return soFar.add(0, [{ ...failure, sql }])
        const rows = await rowsOf(session, warehouse.dialect, table)
        const different = rowsDifference(table.columns, table.key, expected.rows.get(table.name) ?? [], rows)
        if (different === undefined) return soFar.add(1, [])
        return soFar.add(0, [{ ...differenceOf(table.name, different), sql }])
      })
      const ofTests = testDifferences(expected.result.results, result.results)
      const differences = withCauses(kit, compiled, [...found.flat(), ...ofTests], differingMacros)
      const testCount = result.results.reduce((sum, { tests }) => sum + tests.length, 0)
      return {
        agreed: Math.max(0, tables.length + testCount - differences.length),
        differences,
        skipped: [],
      }
    },
  )
}

function tablesOf(compiled: CompiledProject): readonly Table[] {
  const raw = [...compiled.sourceTables.values()].map(({ name, table, columns }) => ({ name, table, columns, key: [] }))
  const models = modelsWithRows(compiled).map(name => {
    const { table, columns, model } = compiled.models.get(name)!
    return { name, table, columns, key: model.value.grain }
  })
  return [...(raw as readonly Table[]), ...models]
}

/** What kept a table from being built. */
function failureOf(node: NodeResult | undefined): Difference | undefined {
  if (node === undefined) return undefined
  const { name, status, problems, skippedBecause } = node
  if (status === 'success' || status === 'warn') return undefined
  const got =
    status === 'skipped'
      ? `not built: ${skippedBecause ?? 'the run was stopped'}`
      : problems.map(problemWords).join('; ')
  return {
    about: name,
    where: 'building it',
    expected: 'it is built',
    got,
    ...(skippedBecause === undefined ? {} : { because: [skippedBecause] }),
  }
}

const problemWords = ({ message, hint }: NodeResult['problems'][number]): string =>
  hint === undefined ? message : `${message} (${hint})`

function differenceOf(about: string, { expectedCount, gotCount, samples }: RowsDifference): Difference {
  return {
    about,
    where: 'its rows',
    expected: `${expectedCount} rows`,
    got: `${gotCount} rows; ${samples.join(' | ')}`,
  }
}

/** Tests that find more or fewer rows than they should. What was not built is told already. */
function testDifferences(expected: readonly NodeResult[], got: readonly NodeResult[]): readonly Difference[] {
  const wanted = new Map(expected.flatMap(({ tests }) => tests).map(test => [test.name, test]))
  return got.flatMap(({ name: about, tests }) =>
    tests.flatMap(({ name, says, status, failures, message, sql }) => {
      const should = wanted.get(name)
      if (
        should === undefined ||
        status === 'skipped' ||
        (should.failures === failures && (status === 'error') === (should.status === 'error'))
      )
        return []
      const where = `its test ${name}: ${says}`
      return [
        {
          about,
          where,
          expected: `${should.failures} rows fail`,
          got: status === 'error' ? (message ?? status) : `${failures} rows fail`,
          sql,
        },
      ]
    }),
  )
}
