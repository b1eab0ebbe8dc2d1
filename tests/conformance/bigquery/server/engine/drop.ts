import { fieldOf, namesOf, nodeField } from '../../../../../src/googlesql/parse-tree.ts'
import { invalidQuery, notImplemented } from '../api-error.ts'
import { partsOf, tableIdOf } from './names.ts'
import type { Outcome, Statement } from './session.ts'

/** DROP TABLE, VIEW, SCHEMA and so on. A dropped table takes its policies and grants with it. */
export function drop(statement: Statement): Outcome {
  const { node, session } = statement
  const kind = String(fieldOf(node, 'schema_object_kind') ?? 'kTable')
  const path = namesOf(nodeField(node, 'name')!)
  const mayBeMissing = fieldOf(node, 'is_if_exists') === true
  if (kind === 'kSchema') {
    const id = partsOf(path).at(-1)!
    if (session.store.findDataset(id) === undefined && mayBeMissing) return { type: 'DROP_SCHEMA', operation: 'SKIP' }
    session.store.dropDataset(id, fieldOf(node, 'drop_mode') === 'CASCADE')
    return { type: 'DROP_SCHEMA', operation: 'DROP' }
  }
  const named = { kTable: 'TABLE', kView: 'VIEW', kExternalTable: 'EXTERNAL_TABLE' }[kind]
  if (named === undefined) throw notImplemented(`DROP ${kind.slice(1)}`)
  return dropRelation(statement, named, named === 'VIEW' ? ['VIEW'] : ['TABLE'])
}

export function dropRelation({ node, session }: Statement, named: string, kinds: readonly string[]): Outcome {
  const id = tableIdOf(namesOf(nodeField(node, 'name')!), session)
  const found = session.store.findTable(id)
  const type = `DROP_${named}`
  if (found === undefined && fieldOf(node, 'is_if_exists') === true) return { type, operation: 'SKIP', target: id }
  if (found === undefined) throw session.store.noTable(id)
  if (!kinds.includes(found.kind))
    throw invalidQuery(
      `${session.store.fullName(id)} is not allowed for this operation because it is currently a ${found.kind}.`,
    )
  session.store.dropTable(id)
  return { type, operation: 'DROP', target: id }
}
