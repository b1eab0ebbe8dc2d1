import type { CompiledModel, CompiledTest, TableName } from '../compile/compiled.ts'
import type { Row, Session } from '../warehouse/warehouse.ts'
import { countFailures, type Outcome } from './count-failures.ts'
import { dropKeptFailures, keepFailures } from './kept-failures.ts'
import { mostShown, shownRows, textOf } from './shown-rows.ts'
import type { TestResult } from './test-result.ts'
import type { TestSettings } from './test-settings.ts'
import { failingRows } from './test-sql.ts'

export interface TestedTable {
  readonly rowCount: number
  /** The latest value of the model's `dataThrough` column. */
  readonly dataThrough: string | undefined
  readonly tests: readonly TestResult[]
}

/** Tests the rows of a model where they stand. */
export async function runTests(
  session: Session,
  model: CompiledModel,
  table: TableName,
  settings: TestSettings,
): Promise<TestedTable> {
  const tests = settings.withTests ? model.tests : []
  const { dataThrough } = model.model.value
  const { row, outcomes } = await countFailures(session, { table, tests, dataThrough }, settings)
  const results: TestResult[] = []
  for (const test of tests) {
    results.push(await conclude(session, model, test, table, settings, outcomes.get(test)!))
  }
  return { rowCount: Number(row.tl_rows), dataThrough: textOf(row.tl_through), tests: results }
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
  const sample = await session.query(`select * from (\n${rows}\n) as failing limit ${mostShown}`)
  const kept =
    into === undefined ? undefined : await keepFailures(session, into, withoutClassified(model, rows, sample))
  const shown = shownRows(
    sample,
    row => shownColumns(model, test, row),
    name => isClassified(model, name),
  )
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

/** Messages go to logs, and rows that are kept to a table that nothing guards: neither has what not everybody may see. */
function isClassified({ columns }: CompiledModel, name: string): boolean {
  return columns[name]?.classification !== undefined
}

/** Failing rows without the columns that are classified; `sample` has at least one of them. */
function withoutClassified(model: CompiledModel, rows: string, [first = {}]: readonly Row[]): string {
  const names = Object.keys(first)
  const kept = names.filter(name => !isClassified(model, name))
  if (kept.length === names.length) return rows
  return `select ${kept.length === 0 ? '1 as failing_row' : kept.join(', ')}\nfrom (\n${rows}\n) as failing`
}

/** The grain and the columns that the test is about: enough to find the row again. */
function shownColumns(model: CompiledModel, test: CompiledTest, row: Row): readonly string[] {
  const about = test.kind === 'unique' ? test.columns : test.column === undefined ? [] : [test.column]
  const wanted = new Set([...model.model.value.grain, ...about])
  const names = Object.keys(row).filter(name => wanted.has(name))
  return names.length > 0 ? names : Object.keys(row).slice(0, 4)
}
