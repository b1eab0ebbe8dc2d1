import { catalogOf } from '../../../../../src/googlesql/catalog.ts'
import { concrete, fieldOf, namesOf, nodeField, nodesField } from '../../../../../src/googlesql/parse-tree.ts'
import { typeText } from '../../../../../src/googlesql/types.ts'
import type { ParseNode } from '../../../../../src/googlesql/wire.ts'
import { invalidQuery, notImplemented } from '../api-error.ts'
import type { StoredColumn, StoredTable, TableId } from '../store.ts'
import { columnOf, typeOf } from './column-schemas.ts'
import { tableIdOf } from './names.ts'
import { optionsOf, tableOptions } from './options.ts'
import type { Outcome, Statement } from './session.ts'

/** ALTER TABLE and ALTER VIEW: everything that is not named stays, policies and grants with it. */
export async function alterRelation(statement: Statement): Promise<Outcome> {
  const { node, session, kind } = statement
  const type = kind === 'ast_alter_view_statement_node' ? 'ALTER_VIEW' : 'ALTER_TABLE'
  let id = tableIdOf(namesOf(nodeField(node, 'path')!), session)
  if (session.store.findTable(id) === undefined && fieldOf(node, 'is_if_exists') === true)
    return { type, operation: 'SKIP', target: id }
  for (const action of nodesField(nodeField(node, 'action_list')!, 'actions')) id = await act(action, id, statement)
  return { type, operation: 'ALTER', target: id }
}

async function act(action: ParseNode, id: TableId, statement: Statement): Promise<TableId> {
  const { kind, node } = concrete(action)
  const { store, google } = statement.session
  const table = store.table(id)
  const change = (changed: Partial<StoredTable>): TableId => {
    store.changeTable(id, changed)
    return id
  }
  switch (kind) {
    case 'ast_add_column_action_node': {
      const column = await columnOf(nodeField(node, 'column_definition')!, statement)
      const isThere = table.columns.some(other => other.name.toLowerCase() === column.name.toLowerCase())
      if (isThere && fieldOf(node, 'is_if_not_exists') === true) return id
      if (isThere) throw invalidQuery(`Column already exists: ${column.name}`)
      if (column.isRequired) throw invalidQuery(`Cannot add required column ${column.name} to an existing table`)
      const at = table.columns.length
      const rows = table.rows.map(row => [...row.slice(0, at), {}, ...row.slice(at)])
      return change({ columns: [...table.columns, column], rows })
    }
    case 'ast_drop_column_action_node': {
      const at = indexOf(table, node, 'column_name')
      if (at < 0) return absent(node, id)
      const without = <T>(items: readonly T[]): readonly T[] => items.filter((_, index) => index !== at)
      return change({ columns: without(table.columns), rows: table.rows.map(without) })
    }
    case 'ast_rename_column_action_node': {
      const at = indexOf(table, node, 'column_name')
      if (at < 0) return absent(node, id)
      return change({ columns: replaced(table.columns, at, { name: nameIn(node, 'new_column_name') }) })
    }
    case 'ast_alter_column_options_action_node': {
      const at = indexOf(table, node, 'column_name')
      if (at < 0) return absent(node, id)
      const options = await optionsOf(node, statement)
      const columnChange = 'description' in options ? { description: options.description as string } : {}
      return change({ columns: replaced(table.columns, at, columnChange) })
    }
    case 'ast_alter_column_drop_not_null_action_node': {
      const at = indexOf(table, node, 'column_name')
      if (at < 0) return absent(node, id)
      return change({ columns: replaced(table.columns, at, { isRequired: false }) })
    }
    case 'ast_alter_column_type_action_node': {
      const at = indexOf(table, node, 'column_name')
      if (at < 0) return absent(node, id)
      const type = typeOf(nodeField(node, 'schema')!)
      const column = { name: 'x', type: table.columns[at]!.type }
      const old = { name: 'old', columns: [column], rows: table.rows.map(row => [row[at] ?? {}]) }
      const { rows } = await google.evaluate(`select cast(x as ${typeText(type)}) as x from old`, catalogOf([old]))
      return change({
        columns: replaced(table.columns, at, { type }),
        rows: table.rows.map((row, index) => row.map((cell, place) => (place === at ? rows[index]![0]! : cell))),
      })
    }
    case 'ast_set_options_action_node':
      return change(tableOptions(await optionsOf(node, statement), table))
    case 'ast_rename_to_clause_node': {
      // Policies and grants go with it: https://cloud.google.com/bigquery/docs/using-row-level-security-with-features#features_that_work_with_the_true_filter,
      // https://cloud.google.com/bigquery/docs/managing-tables#limitations_for_renaming_tables
      const renamed = { dataset: id.dataset, table: namesOf(nodeField(node, 'new_name')!).at(-1)! }
      if (store.findTable(renamed) !== undefined) throw invalidQuery(`Table ${store.fullName(renamed)} already exists`)
      store.putTable(renamed, { ...table, modifiedAt: store.clock.now() })
      store.dropTable(id)
      return renamed
    }
    default:
      throw notImplemented(`ALTER TABLE: ${kind}`)
  }
}

const nameIn = (node: ParseNode, field: string): string => String(fieldOf(nodeField(node, field)!, 'id_string'))

const indexOf = ({ columns }: StoredTable, node: ParseNode, field: string): number =>
  columns.findIndex(({ name }) => name.toLowerCase() === nameIn(node, field).toLowerCase())

function absent(node: ParseNode, id: TableId): TableId {
  if (fieldOf(node, 'is_if_exists') === true) return id
  throw invalidQuery(`Column not found: ${nameIn(node, 'column_name')}`)
}

const replaced = (columns: readonly StoredColumn[], at: number, change: Partial<StoredColumn>) =>
  columns.map((column, index) => (index === at ? { ...column, ...change } : column))
