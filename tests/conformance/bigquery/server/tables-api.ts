import { duplicate, invalid, notFound } from './api-error.ts'
import { apiRow, cellOfJson, lowerKeys } from './cells.ts'
import { checkClustering } from './engine/partition-clause.ts'
import { statementCatalog } from './engine/statement-catalog.ts'
import { storedRows } from './engine/stored-rows.ts'
import { type ApiField, apiField, columnOfField } from './fields.ts'
import type { TableReference } from './jobs.ts'
import {
  type ApiRangePartitioning,
  type ApiTimePartitioning,
  apiPartitioning,
  partitioningOfApi,
} from './partitioning-api.ts'
import type { ApiAnswer, ApiRequest, Project } from './request.ts'
import { pageOf } from './request.ts'
import { bytesOf } from './statistics.ts'
import type { Binding, RowPolicy, StoredColumn, StoredTable, TableId } from './store.ts'

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#Table */
interface ApiTable {
  readonly tableReference: TableReference
  readonly schema?: { readonly fields?: readonly ApiField[] }
  readonly view?: { readonly query: string }
  readonly timePartitioning?: ApiTimePartitioning
  readonly rangePartitioning?: ApiRangePartitioning
  readonly clustering?: { readonly fields?: readonly string[] } | null
  readonly description?: string | null
  readonly friendlyName?: string | null
  readonly labels?: Readonly<Record<string, string | null>>
  readonly expirationTime?: string | null
  readonly requirePartitionFilter?: boolean
}

const idOf = ({ parts }: ApiRequest): TableId => ({ dataset: parts[0]!, table: parts[1]! })

function resourceOf({ store }: Project, id: TableId, table: StoredTable): object {
  const { columns, rows, view, clustering, description, friendlyName, labels, expirationTime, requirePartitionFilter } =
    table
  return {
    kind: 'bigquery#table',
    id: store.fullName(id),
    tableReference: { projectId: store.project, datasetId: id.dataset, tableId: id.table },
    type: table.kind,
    location: store.dataset(id.dataset).location,
    creationTime: String(table.createdAt),
    lastModifiedTime: String(table.modifiedAt),
    schema: { fields: columns.map(apiField) },
    ...(view === undefined
      ? { numRows: String(rows.length), numBytes: String(bytesOf(columns, rows)) }
      : { view: { query: view.sql, useLegacySql: false } }),
    ...apiPartitioning(table.partitioning),
    ...(clustering === undefined ? {} : { clustering: { fields: clustering } }),
    description,
    friendlyName,
    labels,
    expirationTime,
    requirePartitionFilter,
  }
}

export async function insertTable(project: Project, request: ApiRequest): Promise<ApiAnswer> {
  const given = request.body as ApiTable
  const { store } = project
  const id: TableId = { dataset: request.parts[0]!, table: given.tableReference.tableId }
  store.dataset(id.dataset)
  if (store.findTable(id) !== undefined) throw duplicate('Table', store.fullName(id))
  const columns =
    given.view === undefined
      ? (given.schema?.fields ?? []).map(columnOfField)
      : await viewColumns(project, given.view.query)
  const table: StoredTable = {
    ...store.newTable(columns),
    ...told(given, undefined),
    partitioning: partitioningOfApi(given.timePartitioning, given.rangePartitioning, columns),
    clustering: clusteringOf(given, columns),
    ...(given.view === undefined ? {} : { kind: 'VIEW' as const, view: { sql: given.view.query, names: undefined } }),
  }
  refuseFilterOfNothing(table)
  store.putTable(id, table)
  return { body: resourceOf(project, id, table) }
}

function refuseFilterOfNothing({ requirePartitionFilter, partitioning }: StoredTable): void {
  if (requirePartitionFilter === true && partitioning === undefined)
    throw invalid('requirePartitionFilter is for partitioned tables only')
}

async function viewColumns(project: Project, sql: string): Promise<readonly StoredColumn[]> {
  const session = { ...project, parameters: [], temporary: '', defaultDataset: undefined }
  return (await project.google.analyze(sql, statementCatalog(session))).columns
}

/** What is said of a table besides its columns and rows; labels are changed one by one, and NULL takes one away. */
function told(given: Partial<ApiTable>, labels: StoredTable['labels']): Partial<StoredTable> {
  const change: { -readonly [K in keyof StoredTable]?: StoredTable[K] } = {}
  if (given.description !== undefined) change.description = given.description ?? undefined
  if (given.friendlyName !== undefined) change.friendlyName = given.friendlyName ?? undefined
  if (given.expirationTime !== undefined) change.expirationTime = given.expirationTime ?? undefined
  if (given.requirePartitionFilter !== undefined) change.requirePartitionFilter = given.requirePartitionFilter
  if (given.labels !== undefined) {
    const all = Object.entries({ ...labels, ...given.labels })
    change.labels = Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== null))
  }
  return change
}

export function getTable(project: Project, request: ApiRequest): ApiAnswer {
  const id = idOf(request)
  return { body: resourceOf(project, id, project.store.table(id)) }
}

/** Columns may be added, described and tagged, never changed or dropped: https://cloud.google.com/bigquery/docs/managing-table-schemas */
export function patchTable(project: Project, request: ApiRequest): ApiAnswer {
  const { store } = project
  const id = idOf(request)
  const standing = store.table(id)
  const given = request.body as Partial<ApiTable>
  const columns = given.schema?.fields?.map(columnOfField)
  const added = columns === undefined ? 0 : addedColumns(standing.columns, columns, store.fullName(id))
  const width = standing.columns.length
  const rows = standing.rows.map(row => [
    ...row.slice(0, width),
    ...Array.from({ length: added }, () => ({})),
    ...row.slice(width),
  ])
  const change: Partial<StoredTable> = {
    ...told(given, standing.labels),
    ...(columns === undefined ? {} : { columns, rows }),
    ...(given.view === undefined ? {} : { view: { sql: given.view.query, names: undefined } }),
    ...(given.timePartitioning === undefined
      ? {}
      : { partitioning: partitioningOfApi(given.timePartitioning, undefined, columns ?? standing.columns) }),
    // https://cloud.google.com/bigquery/docs/manage-clustered-tables#modify-cluster-spec
    ...(given.clustering === undefined ? {} : { clustering: clusteringOf(given, columns ?? standing.columns) }),
  }
  refuseFilterOfNothing({ ...standing, ...change })
  const changed = store.changeTable(id, change)
  return { body: resourceOf(project, id, changed) }
}

function clusteringOf({ clustering }: Partial<ApiTable>, columns: readonly StoredColumn[]): StoredTable['clustering'] {
  if (clustering?.fields !== undefined) checkClustering(clustering.fields, columns)
  return clustering?.fields
}

function addedColumns(standing: readonly StoredColumn[], given: readonly StoredColumn[], name: string): number {
  standing.forEach((column, index) => {
    const other = given[index]
    if (other?.name !== column.name || JSON.stringify(other.type) !== JSON.stringify(column.type))
      throw invalid(`Provided Schema does not match Table ${name}. Field ${column.name} is missing in new schema`)
  })
  return given.length - standing.length
}

export function deleteTable({ store }: Project, request: ApiRequest): ApiAnswer {
  store.dropTable(idOf(request))
  return { status: 204, body: undefined }
}

export function listTables(project: Project, { parts, query }: ApiRequest): ApiAnswer {
  const tables = [...project.store.dataset(parts[0]!).tables]
  const { items, nextPageToken } = pageOf(tables, query, 50)
  const listed = items.map(([table, stored]) => resourceOf(project, { dataset: parts[0]!, table }, stored))
  return { body: { kind: 'bigquery#tableList', tables: listed, totalItems: tables.length, nextPageToken } }
}

export function listRows(project: Project, request: ApiRequest): ApiAnswer {
  const { columns, rows } = project.store.table(idOf(request))
  const { items, nextPageToken } = pageOf(rows, request.query, project.pageRows)
  const asMicroseconds = request.query.get('formatOptions.useInt64Timestamp') === 'true'
  return {
    body: {
      kind: 'bigquery#tableDataList',
      totalRows: String(rows.length),
      pageToken: nextPageToken,
      rows: items.map(row => apiRow(columns, row, asMicroseconds)),
    },
  }
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll */
export function insertRows({ store }: Project, request: ApiRequest): ApiAnswer {
  const id = idOf(request)
  const table = store.table(id)
  const { rows } = request.body as { readonly rows: readonly { readonly json: Readonly<Record<string, unknown>> }[] }
  const cells = rows.map(({ json }) => {
    const given = lowerKeys(json)
    return table.columns.map(({ name, type }) => cellOfJson(type, given.get(name.toLowerCase()), name))
  })
  store.changeTable(id, { rows: [...table.rows, ...storedRows(store, table, cells)] })
  return { body: { kind: 'bigquery#tableDataInsertAllResponse' } }
}

export function getIamPolicy({ store }: Project, request: ApiRequest): ApiAnswer {
  return { body: { version: 1, etag: 'etag', bindings: store.table(idOf(request)).bindings } }
}

export function setIamPolicy({ store }: Project, request: ApiRequest): ApiAnswer {
  const { policy } = request.body as { readonly policy: { readonly bindings?: readonly Binding[] } }
  const { bindings } = store.changeTable(idOf(request), { bindings: policy.bindings ?? [] })
  return { body: { version: 1, etag: 'etag', bindings } }
}

function policyResource(
  { store }: Project,
  { dataset, table }: TableId,
  { name, grantees, filter }: RowPolicy,
): object {
  const rowAccessPolicyReference = { projectId: store.project, datasetId: dataset, tableId: table, policyId: name }
  return { rowAccessPolicyReference, filterPredicate: filter, grantees }
}

export function listRowPolicies(project: Project, request: ApiRequest): ApiAnswer {
  const id = idOf(request)
  const { rowPolicies } = project.store.table(id)
  return { body: { rowAccessPolicies: rowPolicies.map(policy => policyResource(project, id, policy)) } }
}

export function insertRowPolicy(project: Project, request: ApiRequest): ApiAnswer {
  const id = idOf(request)
  const { rowPolicies } = project.store.table(id)
  const given = request.body as {
    readonly rowAccessPolicyReference: { readonly policyId: string }
    readonly filterPredicate: string
    readonly grantees?: readonly string[]
  }
  const policy = {
    name: given.rowAccessPolicyReference.policyId,
    filter: given.filterPredicate,
    grantees: given.grantees ?? [],
  }
  if (rowPolicies.some(({ name }) => name === policy.name)) throw duplicate('Row access policy', policy.name)
  project.store.changeTable(id, { rowPolicies: [...rowPolicies, policy] })
  return { body: policyResource(project, id, policy) }
}

export function deleteRowPolicy({ store }: Project, request: ApiRequest): ApiAnswer {
  const id = idOf(request)
  const { rowPolicies } = store.table(id)
  const name = request.parts[2]!
  if (!rowPolicies.some(policy => policy.name === name)) throw notFound('Row access policy', name)
  store.changeTable(id, { rowPolicies: rowPolicies.filter(policy => policy.name !== name) })
  return { status: 204, body: undefined }
}
