import { catalogOf, type SqlTable } from '../../../../../src/googlesql/catalog.ts'
import {
  fieldOf,
  namesOf,
  nodeField,
  nodesField,
  rangeOf,
  sliceBytes,
} from '../../../../../src/googlesql/parse-tree.ts'
import type { WireRow } from '../../../../../src/googlesql/wire.ts'
import { ApiError, duplicate, notFound } from '../api-error.ts'
import type { RowPolicy, StoredTable } from '../store.ts'
import { tableIdOf } from './names.ts'
import type { Outcome, Session, Statement } from './session.ts'

/**
 * The rows that the caller may see: those that pass the filter of any policy that is granted to them; none where there are policies and none of
 * them is. https://cloud.google.com/bigquery/docs/row-level-security-intro
 */
export async function visibleRows(
  { google, caller }: Session,
  { rowPolicies }: StoredTable,
  table: SqlTable,
): Promise<readonly WireRow[]> {
  if (rowPolicies.length === 0) return table.rows
  const granted = rowPolicies.filter(policy => isGrantedTo(policy, caller))
  if (granted.length === 0) return []
  const columns = table.columns.map(({ name }) => `\`${name}\``).join(', ')
  const filters = granted.map(({ filter }) => `(${filter})`).join(' or ')
  const { rows } = await google.evaluate(
    `select ${columns} from \`${table.name}\` where ${filters}`,
    catalogOf([table]),
  )
  return rows
}

/** DML needs the sight of all rows: https://cloud.google.com/bigquery/docs/using-row-level-security-with-features#the_true_filter */
export function refuseWithoutTrueFilter(caller: string, { rowPolicies }: StoredTable, name: string): void {
  const seesAll = rowPolicies.some(
    policy => isGrantedTo(policy, caller) && policy.filter.trim().toLowerCase() === 'true',
  )
  if (rowPolicies.length > 0 && !seesAll)
    throw new ApiError(
      403,
      'accessDenied',
      `Access Denied: Table ${name}: the caller does not have access to all rows of the table`,
    )
}

const isGrantedTo = ({ grantees }: RowPolicy, caller: string): boolean =>
  grantees.includes(caller) || grantees.includes('allAuthenticatedUsers')

export function createRowPolicy({ sql, node, session }: Statement): Outcome {
  const { store } = session
  const id = tableIdOf(namesOf(nodeField(node, 'target_path')!), session)
  const { rowPolicies } = store.table(id)
  const [name] = namesOf(nodeField(node, 'name')!)
  const isThere = rowPolicies.some(policy => policy.name === name)
  if (isThere && fieldOf(node, 'is_if_not_exists') === true)
    return { type: 'CREATE_ROW_ACCESS_POLICY', operation: 'SKIP' }
  if (isThere && fieldOf(node, 'is_or_replace') !== true) throw duplicate('Row access policy', name!)
  const list = nodeField(nodeField(node, 'grant_to')!, 'grantee_list')!
  const grantees = nodesField(list, 'grantee_list').map(grantee => String(fieldOf(innermost(grantee), 'string_value')))
  const filter = sliceBytes(sql, rangeOf(nodeField(nodeField(node, 'filter_using')!, 'predicate')!))
  const others = rowPolicies.filter(policy => policy.name !== name)
  store.changeTable(id, { rowPolicies: [...others, { name: name!, grantees, filter }] })
  return { type: 'CREATE_ROW_ACCESS_POLICY', operation: isThere ? 'REPLACE' : 'CREATE', target: id }
}

export function dropRowPolicy({ node, session }: Statement): Outcome {
  const id = tableIdOf(namesOf(nodeField(node, 'table_name')!), session)
  const { rowPolicies } = session.store.table(id)
  const [name] = namesOf(nodeField(node, 'name')!)
  const isThere = rowPolicies.some(policy => policy.name === name)
  if (!isThere && fieldOf(node, 'is_if_exists') !== true) throw notFound('Row access policy', name!)
  session.store.changeTable(id, { rowPolicies: rowPolicies.filter(policy => policy.name !== name) })
  return { type: 'DROP_ROW_ACCESS_POLICY', operation: 'DROP', target: id }
}

export function dropAllRowPolicies({ node, session }: Statement): Outcome {
  const id = tableIdOf(namesOf(nodeField(node, 'table_name')!), session)
  session.store.changeTable(id, { rowPolicies: [] })
  return { type: 'DROP_ROW_ACCESS_POLICY', operation: 'DROP', target: id }
}

function innermost(node: Parameters<typeof fieldOf>[0]): Parameters<typeof fieldOf>[0] {
  const name = node.node
  return typeof name === 'string' && typeof node[name] === 'object' ? innermost(node[name] as typeof node) : node
}
