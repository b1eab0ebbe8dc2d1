import type { CompiledTest, Query, TableName } from '../compile/compiled.ts'
import { readPath } from '../compile/naming.ts'

type RowTest = Extract<CompiledTest, { readonly holds: Query }>

/** It says of each row by itself whether it holds. */
export function isRowTest(test: CompiledTest): test is RowTest {
  return 'holds' in test
}

/** One scan of a table that counts its rows and the failing rows of every row test; `columns` names each test's count. */
export function rowScanSql(
  table: TableName,
  tests: readonly CompiledTest[],
  dataThrough: string | undefined,
): { readonly sql: string; readonly columns: ReadonlyMap<CompiledTest, string> } {
  const columns = new Map<CompiledTest, string>()
  const counts = ['count(*) as tl_rows']
  if (dataThrough !== undefined) counts.push(`max(${dataThrough}) as tl_through`)
  for (const test of tests) {
    if (!isRowTest(test)) continue
    const name = `tl_test_${columns.size}`
    counts.push(`count(case when ${failing(test)} then 1 end) as ${name}`)
    columns.set(test, name)
  }
  return { sql: `select\n  ${counts.join(',\n  ')}\nfrom ${pathOf(table)}`, columns }
}

/** Under a name that no column has: of a table `as_of` with a column of that name, BigQuery would take the one for the whole row of the other. */
function pathOf(table: TableName): string {
  return `${readPath(table)} as tl_tested`
}

/** A row fails where the condition is false; where it is NULL it holds. */
function failing(test: RowTest): string {
  const fails = `not (${test.holds.text})`
  return test.where === undefined ? fails : `(${test.where.text}) and ${fails}`
}

/** A statement that gives `failures`, for a test that is no row test. */
export function otherTestSql(
  test: CompiledTest,
  table: TableName,
  tableOf: (model: string) => TableName | undefined,
): string {
  return `select count(*) as failures from (\n${failingRows(test, table, tableOf)}\n) as failing`
}

/** The counts of a scan and, beside them, the failures of other tests, each under a name of its own. Each part is one row. */
export function withOtherCounts(
  scanSql: string,
  otherSqls: readonly string[],
): { readonly sql: string; readonly columns: readonly string[] } {
  const columns = otherSqls.map((_, index) => `tl_other_${index}`)
  const counts = columns.map(name => `${name}.failures as ${name}`)
  const others = otherSqls.map((sql, index) => `cross join (\n${sql}\n) as ${columns[index]}`)
  const sql = `select tl_scan.*, ${counts.join(', ')}\nfrom (\n${scanSql}\n) as tl_scan\n${others.join('\n')}`
  return { sql, columns }
}

/** The rows that fail a test; for `unique` the sets of values that stand more than once, with their count. */
export function failingRows(
  test: CompiledTest,
  table: TableName,
  tableOf: (model: string) => TableName | undefined,
): string {
  const path = pathOf(table)
  switch (test.kind) {
    case 'unique': {
      const columns = test.columns.join(', ')
      const conditions = [
        ...(test.where ? [`(${test.where.text})`] : []),
        ...test.columns.map(column => `${column} is not null`),
      ]
      return `select ${columns}, count(*) as tl_count\nfrom ${path}\nwhere ${conditions.join(' and ')}\ngroup by ${columns}\nhaving count(*) > 1`
    }
    case 'references': {
      const conditions = [...(test.where ? [`(${test.where.text})`] : []), `${test.column} is not null`]
      const parent = readPath(tableOf(test.to)!)
      return `select *\nfrom (select * from ${path} where ${conditions.join(' and ')}) as child\nwhere not exists (select 1 from ${parent} as parent where parent.${test.toColumn} = child.${test.column})`
    }
    case 'never':
      return test.rows(table).text
    default:
      return `select *\nfrom ${path}\nwhere ${failing(test)}`
  }
}
