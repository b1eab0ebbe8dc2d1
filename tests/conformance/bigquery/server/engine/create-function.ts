import { concrete, fieldOf, namesOf, nodeField } from '../../../../../src/googlesql/parse-tree.ts'
import type { ParseNode } from '../../../../../src/googlesql/wire.ts'
import { duplicate, notFound, notImplemented } from '../api-error.ts'
import { partsOf } from './names.ts'
import type { Outcome, Statement } from './session.ts'
import { statementCatalog } from './statement-catalog.ts'

/** A function in SQL: the evaluator writes its body out wherever it is called. */
export async function createFunction({ node, sql, session }: Statement): Promise<Outcome> {
  const { resolved } = await session.google.analyze(sql, statementCatalog(session))
  const made = concrete(resolved).node
  if (String(fieldOf(made, 'language') ?? 'SQL').toUpperCase() !== 'SQL')
    throw notImplemented('a function in another language than SQL')
  if (fieldOf(made, 'is_aggregate') === true) throw notImplemented('an aggregate function of the user')
  const path = partsOf(namesOf(nodeField(nodeField(node, 'function_declaration')!, 'name')!))
  const key = keyOf(path)
  const isThere = session.functions.has(key)
  if (isThere && fieldOf(node, 'is_if_not_exists') === true) return { type: 'CREATE_FUNCTION', operation: 'SKIP' }
  if (isThere && fieldOf(node, 'is_or_replace') !== true) throw duplicate('Routine', path.join('.'))
  session.functions.set(key, { path, described: described(path, made) })
  return { type: 'CREATE_FUNCTION', operation: isThere ? 'REPLACE' : 'CREATE' }
}

export function dropFunction({ node, session }: Statement): Outcome {
  const path = partsOf(namesOf(nodeField(node, 'name')!))
  const isThere = session.functions.delete(keyOf(path))
  if (!isThere && fieldOf(node, 'is_if_exists') !== true) throw notFound('Routine', path.join('.'))
  return { type: 'DROP_FUNCTION', operation: 'DROP' }
}

const keyOf = (path: readonly string[]): string => path.slice(-2).join('.').toLowerCase()

function described(path: readonly string[], made: ParseNode): object {
  return {
    name_path: path,
    group: 'Templated_SQL_Function',
    mode: 'SCALAR',
    signature: [nodeField(made, 'signature')],
    parse_resume_location: { input: fieldOf(made, 'code'), byte_position: 0 },
    templated_sql_function_argument_name: (fieldOf(made, 'argument_name_list') as readonly string[] | undefined) ?? [],
  }
}
