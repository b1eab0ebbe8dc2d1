import type { CompiledDataTest, CompiledModel, SchemaName, TableName } from '../compile/compiled.ts'
import { tableLabel } from '../compile/naming.ts'
import type { Session } from '../warehouse/warehouse.ts'
import { dropKeptFailures, keepFailures } from './kept-failures.ts'
import { mostShown, shownRows } from './shown-rows.ts'
import type { TestResult } from './test-result.ts'

/** Runs a test over several tables, all of which stand (`read` are their models); rows that break it are kept in the schema `storeFailures`, where there is one. */
export async function runDataTest(
  session: Session,
  { name, query, test }: CompiledDataTest,
  read: readonly CompiledModel[],
  storeFailures: SchemaName | undefined,
): Promise<TestResult> {
  const says = test.value.description
  const started = performance.now()
  const [row] = await session.query(`select count(*) as failures from (\n${query.text}\n) as failing`)
  const failures = Number(row?.failures)
  const into: TableName | undefined = storeFailures === undefined ? undefined : { ...storeFailures, name }
  if (into !== undefined) {
    await (failures > 0 ? keepFailures(session, into, query.text) : dropKeptFailures(session, into))
  }
  const seconds = (performance.now() - started) / 1000
  const base = { name, says, failures, sql: query.text, seconds }
  if (failures === 0) return { ...base, status: 'pass', message: undefined }
  const sample = await session.query(`select * from (\n${query.text}\n) as failing limit ${mostShown}`)
  const isClassified = (column: string) => read.some(({ columns }) => columns[column]?.classification !== undefined)
  const shown = shownRows(sample, row => Object.keys(row).slice(0, 4), isClassified)
  const kept = into === undefined ? '' : `; all of them are in ${tableLabel(into)}`
  const what = says.replace(/[.]$/, '')
  const message = `${failures} ${failures === 1 ? 'row fails' : 'rows fail'}: ${what}; such as ${shown}${kept}`
  return { ...base, status: test.value.severity === 'warn' ? 'warn' : 'fail', message }
}
