import type { CompiledModel, CompiledTest, SchemaName, TableName } from '../compile/compiled.ts'
import { type Cell, type Row, type Session, WarehouseError } from '../warehouse/warehouse.ts'
import { dropKeptFailures, keepFailures } from './kept-failures.ts'
import type { TestResult } from './test-result.ts'
import { failingRows, otherTestSql, rowScanSql } from './test-sql.ts'

export interface TestedTable {
  readonly rowCount: number
  /** The latest value of the model's `dataThrough` column. */
  readonly dataThrough: string | undefined
  readonly tests: readonly TestResult[]
}

export interface TestSettings {
  /** Where tables of other models stand, for `references`. */
  readonly tableOf: (model: string) => TableName | undefined
  readonly stands: (session: Session, table: TableName) => Promise<boolean>
  /** The schema in which failing rows are kept, one table a test. */
  readonly storeFailures: SchemaName | undefined
  /** False: only count rows. */
  readonly withTests: boolean
}

/** Tests the rows of a model where they stand: all row tests in one scan, together with the count of rows; then one statement for each other test. */
export async function runTests(
  session: Session,
  model: CompiledModel,
  table: TableName,
  settings: TestSettings,
): Promise<TestedTable> {
  const tests = settings.withTests ? model.tests : []
  const { dataThrough } = model.model.value
  const scanned = await scan(session, table, tests, dataThrough).catch(async error => {
    if (tests.length === 0 || !isOfStatement(error)) throw error
    return scanEach(session, table, tests, dataThrough)
  })
  const results: TestResult[] = []
  for (const test of tests) {
    const outcome = scanned.outcomes.get(test) ?? (await runOther(session, test, table, settings))
    results.push(await conclude(session, model, test, table, settings, outcome))
  }
  const { row } = scanned
  return { rowCount: Number(row.tl_rows), dataThrough: textOf(row.tl_through), tests: results }
}

interface Scanned {
  readonly row: Row
  readonly outcomes: ReadonlyMap<CompiledTest, Outcome>
}

async function scan(
  session: Session,
  table: TableName,
  tests: readonly CompiledTest[],
  dataThrough: string | undefined,
): Promise<Scanned> {
  const { sql, columns } = rowScanSql(table, tests, dataThrough)
  const started = performance.now()
  const [row = {}] = await session.query(sql)
  const seconds = (performance.now() - started) / 1000
  const outcomes = [...columns].map(([test, column], index): [CompiledTest, Outcome] => {
    return [test, { failures: Number(row[column]), sql, seconds: index === 0 ? seconds : 0 }]
  })
  return { row, outcomes: new Map(outcomes) }
}

/** A scan for each row test, where the one for all of them failed: it tells which of them cannot be evaluated on these rows. */
async function scanEach(
  session: Session,
  table: TableName,
  tests: readonly CompiledTest[],
  dataThrough: string | undefined,
): Promise<Scanned> {
  const { row } = await scan(session, table, [], dataThrough)
  const outcomes = new Map<CompiledTest, Outcome>()
  for (const test of tests) {
    try {
      for (const [scanned, outcome] of (await scan(session, table, [test], undefined)).outcomes) {
        outcomes.set(scanned, outcome)
      }
    } catch (error) {
      if (!isOfStatement(error)) throw error
      const { sql } = rowScanSql(table, [test], undefined)
      outcomes.set(test, { failures: 0, sql, seconds: 0, error: error.message })
    }
  }
  return { row, outcomes }
}

function isOfStatement(error: unknown): error is WarehouseError {
  return error instanceof WarehouseError && !['interrupted', 'connection'].includes(error.errorKind)
}

interface Outcome {
  readonly failures: number
  readonly sql: string | undefined
  readonly seconds: number
  readonly error?: string
  /** Why it could not be run, where that is nobody's fault. */
  readonly skipped?: string
}

async function runOther(
  session: Session,
  test: CompiledTest,
  table: TableName,
  settings: TestSettings,
): Promise<Outcome> {
  const started = performance.now()
  if (test.kind === 'references' && !(await isBuilt(session, test.to, settings))) {
    return { failures: 0, sql: undefined, seconds: 0, skipped: `${test.to}, which it refers to, is not built` }
  }
  const sql = otherTestSql(test, table, settings.tableOf)
  try {
    const [row] = await session.query(sql)
    return { failures: Number(row!.failures), sql, seconds: (performance.now() - started) / 1000 }
  } catch (error) {
    if (!isOfStatement(error)) throw error
    return { failures: 0, sql, seconds: (performance.now() - started) / 1000, error: error.message }
  }
}

/** A table that the config switches off, or that was left out of every build so far, cannot be referred to. */
async function isBuilt(session: Session, model: string, { tableOf, stands }: TestSettings): Promise<boolean> {
  const table = tableOf(model)
  return table !== undefined && (await stands(session, table))
}

async function conclude(
  session: Session,
  model: CompiledModel,
  test: CompiledTest,
  table: TableName,
  settings: TestSettings,
  { failures, sql, seconds, error, skipped }: Outcome,
): Promise<TestResult> {
  const base = { name: test.name, says: test.says, failures, sql, seconds }
  if (error !== undefined) return { ...base, status: 'error', message: error }
  if (skipped !== undefined) return { ...base, status: 'skipped', message: skipped }
  const status = statusOf(test, failures)
  const { storeFailures } = settings
  const into = storeFailures === undefined ? undefined : { ...storeFailures, name: test.name }
  if (failures === 0) {
    if (into !== undefined) await dropKeptFailures(session, into)
    return { ...base, status, message: undefined }
  }
  const rows = failingRows(test, table, settings.tableOf)
  const kept = into === undefined ? undefined : await keepFailures(session, into, rows)
  const sample = await session.query(`select * from (\n${rows}\n) as failing limit 3`)
  const shown = sample.map(row => `(${shownColumns(model, test, row).join(', ')})`).join(', ')
  const where = kept === undefined ? '' : `; all of them are in ${kept}`
  return {
    ...base,
    status,
    message: `${failures} ${failures === 1 ? 'row fails' : 'rows fail'}: ${test.says}; such as ${shown}${where}`,
  }
}

/** `fail` stops the publication; both thresholds count failing rows. */
function statusOf({ options }: CompiledTest, failures: number): TestResult['status'] {
  const severity = options.severity ?? 'error'
  if (severity === 'error' && failures > (options.errorAbove ?? 0)) return 'fail'
  return failures > (options.warnAbove ?? 0) ? 'warn' : 'pass'
}

/** The grain and the columns that the test is about: enough to find the row again. */
function shownColumns(model: CompiledModel, test: CompiledTest, row: Readonly<Record<string, Cell>>): string[] {
  const about = test.kind === 'unique' ? test.columns : test.column === undefined ? [] : [test.column]
  const wanted = new Set([...model.model.value.grain, ...about])
  const names = Object.keys(row).filter(name => wanted.has(name))
  return (names.length > 0 ? names : Object.keys(row).slice(0, 4)).map(
    name => `${name} = ${textOf(row[name]) ?? 'NULL'}`,
  )
}

function textOf(cell: Cell | undefined): string | undefined {
  if (cell === null || cell === undefined) return undefined
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}
