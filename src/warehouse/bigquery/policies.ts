import type { CompiledModel } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Declared } from './declared.ts'
import type { FieldResource, TableResource } from './resources.ts'
import type { Tables } from './tables.ts'

/**
 * What is to be said of the policies of a table that has to be made anew. What takes its place has none but what the model declares, and who reads it
 * keeps the right to: so a table that has row access policies, or policy tags of another's, is not made anew. Throws `ProblemsError` that
 * names them.
 */
export async function aboutPolicies(
  tables: Tables,
  model: CompiledModel,
  declared: Pick<Declared, 'policyTags'>,
  live: TableResource,
): Promise<readonly string[]> {
  if (live.type === 'VIEW') return []
  const ofRows = await tables.rowPoliciesOn(model.table)
  const found = [
    ...(ofRows ?? []).map(name => `row access policy ${name}`),
    ...othersTags(model, declared, live).map(({ column, tag }) => `policy tag ${tag} on column ${column}`),
  ]
  if (found.length > 0) throw hasPolicies(model, found)
  if (ofRows !== undefined) return []
  return ['whether it had row access policies could not be looked up: set them again where it had']
}

function hasPolicies({ name, table }: CompiledModel, found: readonly string[]): ProblemsError {
  const path = tablePath(table)
  const message = `${name}: ${path} has to be made anew, which would leave it without its policies and show its readers what they hide: ${found.join(', ')}`
  const hint = `take the readers' access away, drop the policies, build, and set both again; a tag can be declared instead, by the class of its column and policy_tags in the target. Or drop table ${path} by hand: the next build makes it, and its grants and policies are then set again by whoever set them`
  return new ProblemsError([{ kind: 'warehouse', message, hint }])
}

interface TaggedColumn {
  /** With the fields that lead to it: `address.street`. */
  readonly column: string
  readonly tag: string
}

/** The tags on columns that stay, for which the model declares none. A column that goes takes what its tag hides with it. */
function othersTags(
  { columns }: CompiledModel,
  { policyTags }: Pick<Declared, 'policyTags'>,
  { schema }: TableResource,
): readonly TaggedColumn[] {
  return (schema?.fields ?? [])
    .filter(({ name }) => columns[name] !== undefined)
    .flatMap(field => {
      const tags = tagsIn(field)
      return policyTags[field.name] === undefined ? tags : tags.filter(({ column }) => column !== field.name)
    })
}

function tagsIn({ name, policyTags, fields = [] }: FieldResource): readonly TaggedColumn[] {
  const own = (policyTags?.names ?? []).map(tag => ({ column: name, tag }))
  const within = fields.flatMap(tagsIn).map(({ column, tag }) => ({ column: `${name}.${column}`, tag }))
  return [...own, ...within]
}
