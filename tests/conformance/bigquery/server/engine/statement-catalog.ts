import type { SqlCatalog, SqlColumn, SqlTable } from '../../../../../src/googlesql/catalog.ts'
import { plainRows } from '../../../../../src/googlesql/googlesql.ts'
import type { WireRow } from '../../../../../src/googlesql/wire.ts'
import { informationSchema, informationSchemaName } from '../information-schema.ts'
import type { StoredTable, TableId } from '../store.ts'
import { partsOf, tableIdIn } from './names.ts'
import { refuseWithoutPartitionFilter } from './partition-filter.ts'
import { visibleRows } from './row-policies.ts'
import type { Session } from './session.ts'

/** The column by which a statement's own rows are told apart while they are changed. */
export const rowColumn = 'tl_row'

/** What the names of a session's statements mean; rows of the table `keyed` can be told apart by their place. */
export function statementCatalog(
  session: Session,
  keyed?: { readonly id: TableId; readonly isKey: boolean },
): SqlCatalog {
  const { store } = session
  return {
    functions: [...session.functions.values()].map(({ described }) => described),
    flatName: path => {
      const parts = partsOf(path)
      if (parts.some(part => part.toUpperCase() === informationSchemaName)) return parts.join('.')
      const id = tableIdIn(path, session)
      if (id === undefined) return undefined
      const isThere = id.table.endsWith('*') ? matching(session, id).length > 0 : store.findTable(id) !== undefined
      return isThere ? `${id.dataset}.${id.table}` : undefined
    },
    tables: names => Promise.all([...names].map(name => tableNamed(name, session, keyed))),
  }
}

async function tableNamed(
  name: string,
  session: Session,
  keyed: { readonly id: TableId; readonly isKey: boolean } | undefined,
): Promise<SqlTable> {
  const parts = name.split('.')
  const { store } = session
  if (parts.some(part => part.toUpperCase() === informationSchemaName))
    return { ...informationSchema(store, parts, session.defaultDataset), name }
  const id: TableId = { dataset: parts[0]!, table: parts.slice(1).join('.') }
  if (id.table.endsWith('*')) return { ...wildcardTable(session, id), name }
  const table = store.table(id)
  if (table.view !== undefined) return { ...(await rowsOfView(table, session)), name }
  const { columns, rows } = withPartitionColumns(table)
  if (keyed !== undefined && keyed.id.dataset === id.dataset && keyed.id.table === id.table) {
    return {
      name,
      columns: [...columns, { name: rowColumn, type: { kind: 'INT64' }, isPseudo: true }],
      rows: rows.map((row, index) => [...row, { int64_value: String(index) }]),
      ...(keyed.isKey ? { keyColumn: columns.length } : {}),
    }
  }
  return { name, columns, rows: await visibleRows(session, table, { name, columns, rows }) }
}

async function rowsOfView(table: StoredTable, session: Session): Promise<Omit<SqlTable, 'name'>> {
  const { sql, names } = table.view!
  // A view reads with its own rights and names.
  const own = { ...session, defaultDataset: undefined }
  const catalog = statementCatalog(own)
  await refuseWithoutPartitionFilter(sql, own, catalog)
  const { columns, rows } = await session.google.evaluate(sql, catalog)
  return { columns: columns.map((column, index) => ({ ...column, name: names?.[index] ?? column.name })), rows }
}

/** Tables whose names begin as the wildcard says, by name. */
function matching({ store }: Session, { dataset, table }: TableId): readonly (readonly [string, StoredTable])[] {
  const prefix = table.slice(0, -1)
  return [...(store.findDataset(dataset)?.tables ?? [])]
    .filter(([name, stored]) => name.startsWith(prefix) && stored.view === undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** The columns are those of the newest table: https://cloud.google.com/bigquery/docs/querying-wildcard-tables#schema_used_for_query_evaluation */
function wildcardTable(session: Session, id: TableId): Omit<SqlTable, 'name'> {
  const tables = matching(session, id)
  const newest = tables.map(([, table]) => table).reduce((a, b) => (b.createdAt > a.createdAt ? b : a))
  const suffixAt = id.table.length - 1
  const { columns } = withPartitionColumns(newest)
  const rows = tables.flatMap(([name, table]) => {
    const own = withPartitionColumns(table)
    const at = columns.map(column =>
      own.columns.findIndex(other => other.name.toLowerCase() === column.name.toLowerCase()),
    )
    return own.rows.map(row => [...at.map(index => row[index] ?? {}), { string_value: name.slice(suffixAt) }])
  })
  return { columns: [...columns, { name: '_TABLE_SUFFIX', type: { kind: 'STRING' }, isPseudo: true }], rows }
}

/** Ingestion-time partitions: https://cloud.google.com/bigquery/docs/querying-partitioned-tables#query_an_ingestion-time_partitioned_table */
function withPartitionColumns({ columns, rows, partitioning }: StoredTable): {
  readonly columns: readonly SqlColumn[]
  readonly rows: readonly WireRow[]
} {
  if (partitioning?.kind !== 'ingestion') return { columns, rows }
  const daily: readonly SqlColumn[] =
    partitioning.unit === 'DAY' ? [{ name: '_PARTITIONDATE', type: { kind: 'DATE' }, isPseudo: true }] : []
  return {
    columns: [...columns, { name: '_PARTITIONTIME', type: { kind: 'TIMESTAMP' }, isPseudo: true }, ...daily],
    rows: daily.length === 0 ? rows : rows.map(row => [...row, { date_value: dayOf(row.at(-1)!) }]),
  }
}

function dayOf(partitionTime: WireRow[number]): number {
  const { seconds } = partitionTime.timestamp_value as { readonly seconds: string }
  return Math.floor(Number(seconds) / 86_400)
}

/** The first column of a query's only row. */
export async function oneValue(session: Session, sql: string): Promise<unknown> {
  const rows = plainRows(await session.google.evaluate(sql, statementCatalog(session), session.parameters))
  return Object.values(rows[0] ?? {})[0]
}
