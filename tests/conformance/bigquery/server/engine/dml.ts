import { namesOf, nodeField } from '../../../../../src/googlesql/parse-tree.ts'
import { invalidQuery } from '../api-error.ts'
import type { StoredTable, TableId } from '../store.ts'
import { tableIdOf } from './names.ts'
import { refuseWithoutTrueFilter } from './row-policies.ts'
import type { Outcome, Statement } from './session.ts'
import { statementCatalog } from './statement-catalog.ts'
import { storedRows } from './stored-rows.ts'

/** INSERT, UPDATE and DELETE: only rows change, everything else of the table stays. */
export async function modify(statement: Statement, type: 'INSERT' | 'UPDATE' | 'DELETE'): Promise<Outcome> {
  const { sql, session } = statement
  const { store, google } = session
  const { id, table } = targetOf(statement)
  const isInsert = type === 'INSERT'
  const catalog = statementCatalog(session, isInsert ? undefined : { id, isKey: true })
  const changed = await google.modify(sql, catalog, session.parameters)
  const width = table.columns.length
  if (isInsert) {
    const rows = changed.map(({ cells }) => cells.slice(0, width))
    store.changeTable(id, { rows: [...table.rows, ...storedRows(store, table, rows)] })
    return outcome(type, id, { inserted: rows.length, updated: 0, deleted: 0 })
  }
  const rows = [...table.rows] as (StoredTable['rows'][number] | undefined)[]
  for (const { operation, cells, oldKey } of changed) {
    const at = Number(oldKey ?? 0)
    const kept = table.rows[at]!.slice(width)
    rows[at] = operation === 'DELETE' ? undefined : [...cells.slice(0, width), ...kept]
  }
  const left = rows.filter(row => row !== undefined)
  store.changeTable(id, { rows: storedRows(store, table, left) })
  const deleted = rows.length - left.length
  return outcome(type, id, { inserted: 0, updated: changed.length - deleted, deleted })
}

/** The table that a DML statement changes; throws where it cannot be changed. */
export function targetOf({ node, session }: Statement): { readonly id: TableId; readonly table: StoredTable } {
  const { store } = session
  const id = tableIdOf(namesOf(nodeField(node, 'target_path')!), session)
  const table = store.table(id)
  if (table.kind !== 'TABLE')
    throw invalidQuery(
      `${store.fullName(id)} is not allowed for this operation because it is currently a ${table.kind}.`,
    )
  refuseWithoutTrueFilter(session.caller, table, store.fullName(id))
  return { id, table }
}

export function outcome(type: string, target: TableId, dml: NonNullable<Outcome['dml']>): Outcome {
  return { type, target, dml, affected: dml.inserted + dml.updated + dml.deleted }
}

/** The rows go; columns and policies stay. https://cloud.google.com/bigquery/docs/using-row-level-security-with-features#features_that_work_with_the_true_filter */
export function truncate(statement: Statement): Outcome {
  const { id, table } = targetOf(statement)
  statement.session.store.changeTable(id, { rows: [] })
  return outcome('TRUNCATE_TABLE', id, { inserted: 0, updated: 0, deleted: table.rows.length })
}
