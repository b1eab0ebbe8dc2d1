import { concrete, fieldOf, namesOf, nodeField, nodesField } from '../../../../../src/googlesql/parse-tree.ts'
import { duplicate } from '../api-error.ts'
import type { Binding, Dataset } from '../store.ts'
import { partsOf, tableIdOf } from './names.ts'
import { labelsOf, optionsOf } from './options.ts'
import type { Outcome, Statement } from './session.ts'

/** A schema is what the API calls a dataset. */
export async function createSchema(statement: Statement): Promise<Outcome> {
  const { node, session } = statement
  const id = partsOf(namesOf(nodeField(node, 'name')!)).at(-1)!
  const isThere = session.store.findDataset(id) !== undefined
  if (isThere && fieldOf(node, 'is_if_not_exists') === true) return { type: 'CREATE_SCHEMA', operation: 'SKIP' }
  if (isThere) throw duplicate('Dataset', `${session.store.project}:${id}`)
  const options = await optionsOf(node, statement)
  session.store.createDataset(id, {
    ...datasetOptions(options),
    ...(options.location === undefined ? {} : { location: String(options.location) }),
  })
  return { type: 'CREATE_SCHEMA', operation: 'CREATE' }
}

export async function alterSchema(statement: Statement): Promise<Outcome> {
  const { node, session } = statement
  const id = partsOf(namesOf(nodeField(node, 'path')!)).at(-1)!
  for (const action of nodesField(nodeField(node, 'action_list')!, 'actions')) {
    const options = await optionsOf(concrete(action).node, statement)
    session.store.putDataset({ ...session.store.dataset(id), ...datasetOptions(options) })
  }
  return { type: 'ALTER_SCHEMA', operation: 'ALTER' }
}

function datasetOptions(options: Readonly<Record<string, unknown>>): Partial<Dataset> {
  return {
    ...(options.description === undefined ? {} : { description: String(options.description) }),
    ...(options.labels === undefined ? {} : { labels: labelsOf(options.labels) }),
  }
}

/** GRANT and REVOKE on a table. */
export function changeGrants({ kind, node, session }: Statement): Outcome {
  const id = tableIdOf(namesOf(nodeField(node, 'target_path')!), session)
  const { bindings } = session.store.table(id)
  const roles = nodesField(nodeField(node, 'privileges')!, 'privileges').map(privilege =>
    String(fieldOf(nodeField(privilege, 'privilege_action')!, 'id_string')),
  )
  const members = nodesField(nodeField(node, 'grantee_list')!, 'grantee_list').map(grantee =>
    String(fieldOf(concrete(grantee).node, 'string_value')),
  )
  const isGrant = kind === 'ast_grant_statement_node'
  session.store.changeTable(id, {
    bindings: roles.reduce((all, role) => changed(all, role, members, isGrant), bindings),
  })
  return { type: isGrant ? 'GRANT' : 'REVOKE', target: id }
}

function changed(
  bindings: readonly Binding[],
  role: string,
  members: readonly string[],
  isGrant: boolean,
): readonly Binding[] {
  const had = bindings.find(binding => binding.role === role)?.members ?? []
  const left = had.filter(member => !members.includes(member))
  const now = isGrant ? [...left, ...members] : left
  const others = bindings.filter(binding => binding.role !== role)
  return now.length === 0 ? others : [...others, { role, members: now }]
}
