import type { TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { literal } from '../compile/dialect/dialect.ts'
import { tableLabel, tablePath } from '../compile/naming.ts'
import type { TestResult } from '../quality/test-result.ts'
import type { KeyedRow, OwnTable } from '../warehouse/warehouse.ts'
import { nullOf, type OwnColumn, ownRow, ownTable } from './own-table.ts'

/** What readers may know of a published table: which run made it, how far its data goes, whether a later run failed to renew it. */
export interface Published {
  /** `journeys.sessions` */
  readonly table: TableName
  readonly runId: string
  /** UTC, `2026-06-01 12:00:00.000` */
  readonly publishedAt: string
  readonly dataThrough: string | undefined
  readonly rowCount: number
  /** Undefined where it was published without being tested. */
  readonly tests: readonly TestResult[] | undefined
}

const columns: readonly OwnColumn[] = [
  { name: 'table_name', type: 'text', says: 'Schema and name of a published table' },
  { name: 'run_id', type: 'text', says: 'The run that made its rows' },
  { name: 'published_at', type: 'timestamp', says: 'When they were published, UTC' },
  {
    name: 'data_through',
    type: 'timestamp',
    says: 'The latest event that they know of, UTC; NULL where they tell of none',
  },
  { name: 'row_count', type: 'integer', says: 'Rows' },
  { name: 'tests_passed', type: 'integer', says: 'Data tests that they passed; NULL where they were not tested' },
  { name: 'tests_warned', type: 'integer', says: 'Data tests that only warned; NULL where they were not tested' },
  {
    name: 'is_stale',
    type: 'boolean',
    says: 'A later run is to renew it and has not, or could not: these are its earlier rows',
  },
]

/** `table_status`, which readers may ask. */
export function statusTable(status: TableName): OwnTable {
  return ownTable(status, 'One row per published table: of which run it is, and how far its data goes.', columns)
}

/** The row of a table that is being published. */
export function publishedRow(status: TableName, published: Published, dialect: Dialect): KeyedRow {
  const { table, runId, publishedAt, dataThrough, rowCount, tests } = published
  const values = [
    dialect.text(tableLabel(table)),
    dialect.text(runId),
    dialect.timestamp(publishedAt),
    dataThrough === undefined ? nullOf(dialect, 'timestamp') : dialect.timestamp(dataThrough),
    literal(dialect, rowCount),
    countOf(tests, 'pass', dialect),
    countOf(tests, 'warn', dialect),
    'false',
  ]
  return ownRow(status, columns, values)
}

/** Says of tables that are to be renewed that they are of an earlier run; `condition` is what else has to hold. */
export function staleStatement(
  status: TableName,
  tables: readonly TableName[],
  dialect: Dialect,
  condition: string | undefined,
): string {
  const names = tables.map(table => dialect.text(tableLabel(table))).join(', ')
  return `update ${tablePath(status)} set is_stale = true where table_name in (${names})${condition === undefined ? '' : ` and ${condition}`}`
}

/** How far the data of each published table goes, by its path. */
export function dataThroughQuery(status: TableName): string {
  return `select table_name, data_through from ${tablePath(status)} where data_through is not null`
}

/** How many rows each published table has, by its path. */
export function rowCountQuery(status: TableName): string {
  return `select table_name, row_count from ${tablePath(status)}`
}

function countOf(tests: Published['tests'], wanted: TestResult['status'], dialect: Dialect): string {
  return tests === undefined
    ? nullOf(dialect, 'integer')
    : literal(dialect, tests.filter(({ status }) => status === wanted).length)
}
