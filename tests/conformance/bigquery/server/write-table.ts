import { typeText } from '../../../../src/googlesql/types.ts'
import type { WireRow } from '../../../../src/googlesql/wire.ts'
import { duplicate, invalid } from './api-error.ts'
import { checkClustering } from './engine/partition-clause.ts'
import { storedRows } from './engine/stored-rows.ts'
import { type ApiRangePartitioning, type ApiTimePartitioning, partitioningOfApi } from './partitioning-api.ts'
import type { Store, StoredColumn, StoredTable, TableId } from './store.ts'

/** What a query, load or copy job says of the table that it writes. */
export interface Destination {
  readonly id: TableId
  readonly writeDisposition: string
  readonly createDisposition: string
  readonly timePartitioning?: ApiTimePartitioning | undefined
  readonly rangePartitioning?: ApiRangePartitioning | undefined
  readonly clustering?: { readonly fields?: readonly string[] } | undefined
  readonly schemaUpdateOptions?: readonly string[] | undefined
}

/**
 * Puts a job's rows into its table in one step, by its disposition.
 * WRITE_TRUNCATE takes the columns of the job, and with the old ones go row access policies, policy tags and descriptions of columns;
 * WRITE_TRUNCATE_DATA and WRITE_APPEND keep all of it:
 * https://cloud.google.com/bigquery/docs/reference/auditlogs/rest/Shared.Types/BigQueryAuditMetadata.WriteDisposition
 */
export function writeTable(
  store: Store,
  destination: Destination,
  columns: readonly StoredColumn[],
  rows: readonly WireRow[],
): void {
  const { id, writeDisposition, createDisposition } = destination
  const standing = store.findTable(id)
  if (standing === undefined) {
    if (createDisposition === 'CREATE_NEVER') throw store.noTable(id)
    return create(store, destination, columns, rows)
  }
  switch (writeDisposition) {
    case 'WRITE_EMPTY':
      if (standing.rows.length > 0) throw duplicate('Table', store.fullName(id))
      return append(store, destination, standing, columns, rows)
    case 'WRITE_APPEND':
      return append(store, destination, standing, columns, rows)
    case 'WRITE_TRUNCATE_DATA':
      return append(store, destination, { ...standing, rows: [] }, columns, rows)
    case 'WRITE_TRUNCATE':
      return overwrite(store, destination, standing, columns, rows)
    default:
      throw invalid(`Invalid value for writeDisposition: ${writeDisposition} is not a valid value`)
  }
}

function create(
  store: Store,
  destination: Destination,
  columns: readonly StoredColumn[],
  rows: readonly WireRow[],
): void {
  const table = { ...store.newTable(columns), ...layout(destination, columns) }
  store.dataset(destination.id.dataset)
  store.putTable(destination.id, { ...table, rows: storedRows(store, table, rows) })
}

function overwrite(
  store: Store,
  destination: Destination,
  standing: StoredTable,
  columns: readonly StoredColumn[],
  rows: readonly WireRow[],
): void {
  const given = layout(destination, columns)
  const table = { ...standing, columns, rowPolicies: [], ...(hasLayout(destination) ? given : {}) }
  store.changeTable(destination.id, { ...table, rows: storedRows(store, table, rows) })
}

function append(
  store: Store,
  { id, schemaUpdateOptions = [] }: Destination,
  standing: StoredTable,
  columns: readonly StoredColumn[],
  rows: readonly WireRow[],
): void {
  const added = columns.filter(({ name }) => !standing.columns.some(other => sameName(other.name, name)))
  if (added.length > 0 && !schemaUpdateOptions.includes('ALLOW_FIELD_ADDITION'))
    throw invalid(`Invalid schema update. Cannot add fields (field: ${added[0]!.name})`)
  const relaxes = schemaUpdateOptions.includes('ALLOW_FIELD_RELAXATION')
  const kept = standing.columns.map(column => (relaxes ? { ...column, isRequired: false } : column))
  const now = [...kept, ...added]
  const from = now.map(column => placeOf(column, columns, store.fullName(id)))
  const width = standing.columns.length
  const old = standing.rows.map(row => [...row.slice(0, width), ...added.map(() => ({})), ...row.slice(width)])
  const fresh = rows.map(row => from.map(index => row[index] ?? {}))
  const table = { ...standing, columns: now }
  store.changeTable(id, { columns: now, rows: [...old, ...storedRows(store, table, fresh)] })
}

/** Where a column's values stand in the job's rows; -1 where the job does not give it. Throws where it gives another type. */
function placeOf({ name, type }: StoredColumn, given: readonly StoredColumn[], table: string): number {
  const at = given.findIndex(other => sameName(other.name, name))
  if (at >= 0 && typeText(given[at]!.type) !== typeText(type))
    throw invalid(
      `Provided Schema does not match Table ${table}. Field ${name} has changed type from ${typeText(type)} to ${typeText(given[at]!.type)}`,
    )
  return at
}

function layout(
  { timePartitioning, rangePartitioning, clustering }: Destination,
  columns: readonly StoredColumn[],
): Pick<StoredTable, 'partitioning' | 'clustering'> {
  const missing = clustering?.fields?.find(name => !columns.some(column => sameName(column.name, name)))
  if (missing !== undefined)
    throw invalid(`The field specified for clustering cannot be found in the schema. Invalid field: ${missing}`)
  if (clustering?.fields !== undefined) checkClustering(clustering.fields, columns)
  return {
    partitioning: partitioningOfApi(timePartitioning, rangePartitioning, columns),
    clustering: clustering?.fields,
  }
}

const hasLayout = ({ timePartitioning, rangePartitioning, clustering }: Destination): boolean =>
  timePartitioning !== undefined || rangePartitioning !== undefined || clustering !== undefined

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
