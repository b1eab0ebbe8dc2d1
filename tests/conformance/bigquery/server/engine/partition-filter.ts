import type { SqlCatalog } from '../../../../../src/googlesql/catalog.ts'
import { concrete, fieldOf, isNode, nodeField, nodesField } from '../../../../../src/googlesql/parse-tree.ts'
import type { ParseNode } from '../../../../../src/googlesql/wire.ts'
import { invalidQuery } from '../api-error.ts'
import type { Partitioning, StoredTable } from '../store.ts'
import type { Session } from './session.ts'

/** Statements that read tables. A view may be made without a filter: those who read it can bring one. */
const reading = /^ast_(query|create_table|insert|update|delete|merge)_statement_node$/

interface Scan {
  readonly table: string
  /** The ids of its columns, by their names. */
  readonly columns: ReadonlyMap<string, string>
}

/**
 * Throws where a statement reads a table whose partitions have to be filtered, and no condition that has to hold names the partition's column
 * alone. BigQuery also takes a condition on what a CTE, a view or a union makes of the column; here it must be on the table itself, so this refuses
 * somewhat more. https://cloud.google.com/bigquery/docs/querying-partitioned-tables#require_a_partition_filter_in_queries
 */
export async function refuseWithoutPartitionFilter(sql: string, session: Session, catalog: SqlCatalog): Promise<void> {
  const { google, parameters, store } = session
  const { kind } = await google.parse(sql)
  if (!reading.test(kind)) return
  const guarded = new Map<string, StoredTable>()
  for (const name of await google.tablesOf(sql, path => catalog.flatName(path))) {
    const table = tableNamed(name, session)
    if (table?.requirePartitionFilter === true) guarded.set(name, table)
  }
  if (guarded.size === 0) return
  const { resolved } = await google.analyze(sql, catalog, parameters)
  const { scans, conditions } = readIn(concrete(resolved))
  for (const { table: name, columns } of scans) {
    const table = guarded.get(name)
    if (table === undefined) continue
    const keys = keysOf(table.partitioning)
    const ids = new Set(keys.flatMap(key => columns.get(key.toLowerCase()) ?? []))
    if (conditions.some(condition => isOfThese(condition, ids))) continue
    const listed = keys.map(key => `'${key}'`).join(', ')
    throw invalidQuery(
      `Cannot query over table '${store.project}.${name}' without a filter over column(s) ${listed} that can be used for partition elimination`,
    )
  }
}

function tableNamed(name: string, { store }: Session): StoredTable | undefined {
  const [dataset, ...rest] = name.split('.')
  return store.findTable({ dataset: dataset!, table: rest.join('.') })
}

function keysOf(partitioning: Partitioning | undefined): readonly string[] {
  if (partitioning === undefined) return []
  if (partitioning.kind !== 'ingestion') return [partitioning.column]
  return ['_PARTITION_LOAD_TIME', '_PARTITIONDATE', '_PARTITIONTIME']
}

/** The tables that are read, and the conditions that rows have to meet. The table that rows are put into is not read. */
function readIn({ kind, node: statement }: { readonly kind: string; readonly node: ParseNode }): {
  readonly scans: readonly Scan[]
  readonly conditions: readonly ParseNode[]
} {
  const scans: Scan[] = []
  const conditions: ParseNode[] = []
  everyNode(statement, (node, field) => {
    const isTarget = field === 'table_scan' && kind === 'resolved_insert_stmt_node'
    if (field === 'resolved_table_scan_node' || (field === 'table_scan' && !isTarget)) scans.push(scanOf(node))
    if (['filter_expr', 'where_expr', 'merge_expr'].includes(field)) conditions.push(...conjuncts(node))
  })
  return { scans, conditions }
}

function scanOf(scan: ParseNode): Scan {
  const columns = nodesField(scan, 'column_list').map((column): [string, string] => [
    String(fieldOf(column, 'name')).toLowerCase(),
    String(fieldOf(column, 'column_id')),
  ])
  return { table: String(fieldOf(nodeField(scan, 'table')!, 'name')), columns: new Map(columns) }
}

/** `a and (b and c)` as three. */
function conjuncts(expression: ParseNode): readonly ParseNode[] {
  const { node } = concrete(expression)
  const name = fieldOf(nodeField(node, 'function') ?? {}, 'name')
  return name === 'ZetaSQL:$and' ? nodesField(node, 'argument_list').flatMap(conjuncts) : [expression]
}

/** Whether a condition names these columns, no other, and reads nothing to be decided. */
function isOfThese(condition: ParseNode, ids: ReadonlySet<string>): boolean {
  let named = 0
  let isAlone = true
  everyNode(condition, (node, field) => {
    if (field === 'resolved_subquery_expr_node') isAlone = false
    if (field === 'resolved_column_ref_node') {
      const column = fieldOf(node, 'column')
      named += 1
      if (!isNode(column) || !ids.has(String(column.column_id))) isAlone = false
    }
  })
  return named > 0 && isAlone
}

/** Each node below, those of the messages that a node extends included. */
function everyNode(value: unknown, visit: (node: ParseNode, field: string) => void, field = ''): void {
  if (Array.isArray(value)) for (const item of value) everyNode(item, visit, field)
  if (!isNode(value)) return
  visit(value, field)
  for (const [name, below] of Object.entries(value)) everyNode(below, visit, name)
}
