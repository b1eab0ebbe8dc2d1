import { catalogOf } from '../../../../../src/googlesql/catalog.ts'
import type { Evaluated } from '../../../../../src/googlesql/googlesql.ts'
import {
  concrete,
  fieldOf,
  namesOf,
  nodeField,
  nodesField,
  rangeOf,
  sliceBytes,
} from '../../../../../src/googlesql/parse-tree.ts'
import { typeText } from '../../../../../src/googlesql/types.ts'
import type { ParseNode, WireRow } from '../../../../../src/googlesql/wire.ts'
import { duplicate, invalidQuery } from '../api-error.ts'
import type { Partitioning, Store, StoredColumn, StoredTable, TableId } from '../store.ts'
import { columnOf } from './column-schemas.ts'
import { tableIdOf } from './names.ts'
import { optionsOf, tableOptions } from './options.ts'
import { clusteringOf, partitioningOf } from './partition-clause.ts'
import type { Outcome, Session, Statement } from './session.ts'
import { statementCatalog } from './statement-catalog.ts'
import { storedRows } from './stored-rows.ts'

/**
 * CREATE TABLE in all its forms. OR REPLACE makes a new table: what was said of the old one (row access policies, grants, policy tags,
 * description, labels) is gone unless the statement says it again.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_table_statement
 */
export async function createTable(statement: Statement): Promise<Outcome> {
  const { node, sql, session } = statement
  const { store } = session
  const path = namesOf(nodeField(node, 'name')!)
  const id =
    fieldOf(node, 'scope') === 'TEMPORARY'
      ? { dataset: session.temporary, table: path.at(-1)! }
      : tableIdOf(path, session)
  const query = nodeField(node, 'query')
  const type = query === undefined ? 'CREATE_TABLE' : 'CREATE_TABLE_AS_SELECT'
  const operation = toBeCreated(node, id, store)
  if (operation === 'SKIP') return { type, operation, target: id }

  const copied = copySource(node)
  if (copied !== undefined) return copyOf(copied, id, operation, session)
  const like = nodeField(node, 'like_table_name')
  const found = query === undefined ? undefined : await selected(query, statement)
  const declared = await declaredColumns(node, statement)
  const columns = columnsOf(declared, found?.columns, like && store.table(tableIdOf(namesOf(like), session)))
  checkNames(columns)
  const rows = found === undefined ? [] : await cast(found, columns, session)
  const partitioning = partitioningOf(node, sql, columns)
  if (operation === 'REPLACE') refuseOtherPartitions(store.table(id).partitioning, partitioning)
  const table = { ...store.newTable(columns), partitioning, clustering: clusteringOf(node, columns) }
  const options = tableOptions(await optionsOf(node, statement), table)
  store.putTable(id, { ...table, ...options, rows: storedRows(store, table, rows) })
  return { type, operation, target: id }
}

/** Whether the statement makes, replaces or leaves a table, view or function's place; throws where it may not. */
export function toBeCreated(node: ParseNode, id: TableId, store: Store): 'CREATE' | 'REPLACE' | 'SKIP' {
  store.dataset(id.dataset)
  if (store.findTable(id) === undefined) return 'CREATE'
  if (fieldOf(node, 'is_if_not_exists') === true) return 'SKIP'
  if (fieldOf(node, 'is_or_replace') === true) return 'REPLACE'
  throw duplicate('Table', store.fullName(id))
}

function selected(query: ParseNode, { sql, session }: Statement): Promise<Evaluated> {
  return session.google.evaluate(sliceBytes(sql, rangeOf(query)), statementCatalog(session), session.parameters)
}

async function declaredColumns(node: ParseNode, statement: Statement): Promise<readonly StoredColumn[]> {
  const elements = nodesField(nodeField(node, 'table_element_list') ?? {}, 'elements')
  const columns: StoredColumn[] = []
  for (const element of elements) {
    const { kind, node: definition } = concrete(element)
    if (kind === 'ast_column_definition_node') columns.push(await columnOf(definition, statement))
  }
  return columns
}

function columnsOf(
  declared: readonly StoredColumn[],
  found: readonly StoredColumn[] | undefined,
  like: StoredTable | undefined,
): readonly StoredColumn[] {
  if (declared.length === 0) return found ?? like?.columns ?? []
  if (found !== undefined && found.length !== declared.length)
    throw invalidQuery(
      `The number of columns in the column definition list does not match the number of columns produced by the query`,
    )
  return declared
}

/** As BigQuery was seen to do: https://github.com/dbt-labs/dbt-core/issues/2000 */
function refuseOtherPartitions(existing: Partitioning | undefined, wanted: Partitioning | undefined): void {
  const [before, now] = [specOf(existing), specOf(wanted)]
  if (before === now) return
  throw invalidQuery(
    `Cannot replace a table with a different partitioning spec. Instead, DROP the table, and then recreate it. New partitioning spec is ${now} and existing spec is ${before}`,
  )
}

function specOf(partitioning: Partitioning | undefined): string {
  if (partitioning === undefined) return 'none'
  if (partitioning.kind === 'range') {
    const { column, start, end, interval } = partitioning
    return `range(field:${column},start:${start},end:${end},interval:${interval})`
  }
  const field = partitioning.kind === 'time' ? `,field:${partitioning.column}` : ''
  return `interval(type:${partitioning.unit.toLowerCase()}${field})`
}

/** https://cloud.google.com/bigquery/docs/schemas#column_names: no two alike, whatever their case */
function checkNames(columns: readonly StoredColumn[]): void {
  const seen = new Set<string>()
  for (const { name } of columns) {
    if (seen.has(name.toLowerCase())) throw invalidQuery(`Duplicate column name ${name} in CREATE TABLE statement`)
    seen.add(name.toLowerCase())
  }
}

/** Rows in the types that the statement declares. */
async function cast(
  found: Evaluated,
  columns: readonly StoredColumn[],
  { google }: Session,
): Promise<readonly WireRow[]> {
  if (found.columns.every(({ type }, index) => typeText(type) === typeText(columns[index]!.type))) return found.rows
  const table = {
    name: 'q',
    columns: found.columns.map(({ type }, index) => ({ name: `c${index}`, type })),
    rows: found.rows,
  }
  const casts = columns.map(({ type }, index) => `cast(c${index} as ${typeText(type)})`)
  const { rows } = await google.evaluate(`select ${casts.join(', ')} from q`, catalogOf([table]))
  return rows
}

function copySource(node: ParseNode): readonly string[] | undefined {
  const source = nodeField(node, 'clone_data_source') ?? nodeField(node, 'copy_data_source')
  return source && namesOf(nodeField(source, 'path_expr')!)
}

/** A clone or copy has the source's rows, columns, partitions and policies. https://cloud.google.com/bigquery/docs/table-clones-create#access_control */
function copyOf(source: readonly string[], id: TableId, operation: 'CREATE' | 'REPLACE', session: Session): Outcome {
  const { store } = session
  const original = store.table(tableIdOf(source, session))
  const now = store.clock.now()
  store.putTable(id, { ...original, kind: 'TABLE', bindings: [], createdAt: now, modifiedAt: now })
  return { type: 'CREATE_TABLE', operation, target: id }
}

/** A snapshot: the table as it stands, never changed. */
export function createSnapshot({ node, session }: Statement): Outcome {
  const { store } = session
  const id = tableIdOf(namesOf(nodeField(node, 'name')!), session)
  const operation = toBeCreated(node, id, store)
  if (operation === 'SKIP') return { type: 'CREATE_SNAPSHOT_TABLE', operation, target: id }
  copyOf(copySource(node)!, id, operation, session)
  store.putTable(id, { ...store.table(id), kind: 'SNAPSHOT' })
  return { type: 'CREATE_SNAPSHOT_TABLE', operation, target: id }
}
