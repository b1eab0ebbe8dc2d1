import {
  fieldOf,
  namesOf,
  nodeField,
  nodesField,
  rangeOf,
  sliceBytes,
} from '../../../../../src/googlesql/parse-tree.ts'
import type { StoredColumn } from '../store.ts'
import { toBeCreated } from './create-table.ts'
import { tableIdOf } from './names.ts'
import { optionsOf, tableOptions } from './options.ts'
import type { Outcome, Statement } from './session.ts'
import { statementCatalog } from './statement-catalog.ts'

/** A view keeps its text, and the columns that it has when it is made. A materialized view is read as a view is: always fresh. */
export async function createView(statement: Statement, kind: 'VIEW' | 'MATERIALIZED_VIEW'): Promise<Outcome> {
  const { node, sql, session } = statement
  const { store, google } = session
  const id = tableIdOf(namesOf(nodeField(node, 'name')!), session)
  const type = `CREATE_${kind}`
  const operation = toBeCreated(node, id, store)
  if (operation === 'SKIP') return { type, operation, target: id }
  const text = sliceBytes(sql, rangeOf(nodeField(node, 'query')!))
  const { columns } = await google.analyze(text, statementCatalog(session))
  const listed = nodesField(nodeField(node, 'column_with_options_list') ?? {}, 'column_with_options')
  const names = listed.map(column => String(fieldOf(nodeField(column, 'name')!, 'id_string')))
  const described: StoredColumn[] = []
  for (const [index, column] of columns.entries()) {
    const options = listed[index] === undefined ? {} : await optionsOf(listed[index], statement)
    const description = options.description as string | undefined
    described.push({ ...column, name: names[index] ?? column.name, description })
  }
  const table = store.newTable(described)
  store.putTable(id, {
    ...table,
    ...tableOptions(await optionsOf(node, statement), table),
    kind,
    view: { sql: text, names: names.length === 0 ? undefined : names },
  })
  return { type, operation, target: id }
}
