import type { CompiledTest, TableName } from '../compile/compiled.ts'
import { type Row, type Session, WarehouseError } from '../warehouse/warehouse.ts'
import type { TestSettings } from './test-settings.ts'
import { isRowTest, otherTestSql, rowScanSql, withOtherCounts } from './test-sql.ts'

/** What a test counted. */
export interface Outcome {
  readonly failures: number
  readonly sql: string | undefined
  readonly seconds: number
  readonly error?: string
  /** Why it could not be run, where that is nobody's fault. */
  readonly skipped?: string
}

export interface Counted {
  /** `tl_rows`, and `tl_through` where it was asked for. */
  readonly row: Row
  /** Of every test. */
  readonly outcomes: ReadonlyMap<CompiledTest, Outcome>
}

/** What is tested where. */
export interface Tested {
  readonly table: TableName
  readonly tests: readonly CompiledTest[]
  /** The column whose latest value is asked for. */
  readonly dataThrough: string | undefined
}

/**
 * Counts the rows of a table and those that fail each test: all row tests in one scan, then one statement for each other test, or all of it in
 * one statement where the settings say so. Where the one for several tests fails, each is asked alone, which tells which of them cannot be evaluated.
 */
export async function countFailures(session: Session, tested: Tested, settings: TestSettings): Promise<Counted> {
  const skipped = new Map<CompiledTest, Outcome>()
  for (const test of tested.tests) {
    const because = await whySkipped(session, test, settings)
    if (because !== undefined) skipped.set(test, { failures: 0, sql: undefined, seconds: 0, skipped: because })
  }
  const others = tested.tests.filter(test => !isRowTest(test) && !skipped.has(test))
  if (settings.inOneStatement && others.length > 0) {
    const counted = await countTogether(session, tested, others, settings).catch(unlessOfStatement)
    if (counted !== undefined) return { ...counted, outcomes: new Map([...skipped, ...counted.outcomes]) }
  }
  const { row, outcomes } = await scanAll(session, tested)
  const alone = new Map<CompiledTest, Outcome>()
  for (const test of others) alone.set(test, await countOther(session, test, tested.table, settings))
  return { row, outcomes: new Map([...skipped, ...outcomes, ...alone]) }
}

/** A table that the config switches off, or that was left out of every build so far, cannot be referred to. */
async function whySkipped(
  session: Session,
  test: CompiledTest,
  { tableOf, stands }: TestSettings,
): Promise<string | undefined> {
  if (test.kind !== 'references') return undefined
  const table = tableOf(test.to)
  if (table !== undefined && (await stands(session, table))) return undefined
  return `${test.to}, which it refers to, is not built`
}

/** The first test is said to have taken the time of all. */
async function countTogether(
  session: Session,
  { table, tests, dataThrough }: Tested,
  others: readonly CompiledTest[],
  { tableOf }: TestSettings,
): Promise<Counted> {
  const scan = rowScanSql(table, tests, dataThrough)
  const sqls = others.map(test => otherTestSql(test, table, tableOf))
  const { sql, columns } = withOtherCounts(scan.sql, sqls)
  const { row, seconds } = await oneRow(session, sql)
  const rowTests = [...scan.columns].map(([test, column]) => [test, column, scan.sql] as const)
  const asked = [...rowTests, ...others.map((test, index) => [test, columns[index]!, sqls[index]!] as const)]
  const outcomes = asked.map(([test, column, own], index): [CompiledTest, Outcome] => {
    return [test, { failures: Number(row[column]), sql: own, seconds: index === 0 ? seconds : 0 }]
  })
  return { row, outcomes: new Map(outcomes) }
}

async function scanAll(session: Session, tested: Tested): Promise<Counted> {
  const scanned = await scan(session, tested).catch(error => {
    if (!tested.tests.some(isRowTest)) throw error
    return unlessOfStatement(error)
  })
  return scanned ?? scanEach(session, tested)
}

async function scan(session: Session, { table, tests, dataThrough }: Tested): Promise<Counted> {
  const { sql, columns } = rowScanSql(table, tests, dataThrough)
  const { row, seconds } = await oneRow(session, sql)
  const outcomes = [...columns].map(([test, column], index): [CompiledTest, Outcome] => {
    return [test, { failures: Number(row[column]), sql, seconds: index === 0 ? seconds : 0 }]
  })
  return { row, outcomes: new Map(outcomes) }
}

async function scanEach(session: Session, { table, tests, dataThrough }: Tested): Promise<Counted> {
  const { row } = await scan(session, { table, tests: [], dataThrough })
  const outcomes = new Map<CompiledTest, Outcome>()
  for (const test of tests.filter(isRowTest)) {
    try {
      const one = await scan(session, { table, tests: [test], dataThrough: undefined })
      outcomes.set(test, one.outcomes.get(test)!)
    } catch (error) {
      if (!isOfStatement(error)) throw error
      const { sql } = rowScanSql(table, [test], undefined)
      outcomes.set(test, { failures: 0, sql, seconds: 0, error: error.message })
    }
  }
  return { row, outcomes }
}

async function countOther(
  session: Session,
  test: CompiledTest,
  table: TableName,
  { tableOf }: TestSettings,
): Promise<Outcome> {
  const started = performance.now()
  const sql = otherTestSql(test, table, tableOf)
  try {
    const { row, seconds } = await oneRow(session, sql)
    return { failures: Number(row.failures), sql, seconds }
  } catch (error) {
    if (!isOfStatement(error)) throw error
    return { failures: 0, sql, seconds: (performance.now() - started) / 1000, error: error.message }
  }
}

async function oneRow(session: Session, sql: string): Promise<{ readonly row: Row; readonly seconds: number }> {
  const started = performance.now()
  const [row = {}] = await session.query(sql)
  return { row, seconds: (performance.now() - started) / 1000 }
}

function isOfStatement(error: unknown): error is WarehouseError {
  return error instanceof WarehouseError && !['interrupted', 'connection', 'lease'].includes(error.errorKind)
}

/** What a statement failed of can be asked otherwise; all else is thrown on. */
function unlessOfStatement(error: unknown): undefined {
  if (!isOfStatement(error)) throw error
}
