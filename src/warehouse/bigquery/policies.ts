import type { CompiledModel, TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Declared } from './declared.ts'
import type { FieldResource, TableResource } from './resources.ts'
import type { Tables } from './tables.ts'

/** A table that would lose what hides its values from some of its readers, and why it would. */
export interface Losing {
  readonly tables: Tables
  /** As the project calls it: `orders`, `crm.contact`. */
  readonly name: string
  readonly table: TableName
  /** `has to be made anew` */
  readonly because: string
}

/**
 * What is to be said of the policies of a model's table that has to be made anew. What takes its place has none but what the model declares, and who reads
 * it keeps the right to: so a table that has row access policies, or policy tags of another's, is not made anew. Throws `ProblemsError` that
 * names them.
 */
export async function aboutPolicies(
  tables: Tables,
  model: CompiledModel,
  declared: Pick<Declared, 'policyTags'>,
  live: TableResource,
): Promise<readonly string[]> {
  if (live.type === 'VIEW') return []
  const { name, table } = model
  return policyRemarks({ tables, name, table, because: 'has to be made anew' }, othersTags(model, declared, live))
}

/** The same of a raw table that is to lose its row access policies, and its tags too where `live` is given; those that the target gives by the classes of columns are its own. */
export async function aboutRawPolicies(losing: Losing, live?: TableResource): Promise<readonly string[]> {
  const own = Object.values(losing.tables.policyTags ?? {})
  const tags = live === undefined ? [] : tagsOn(live.schema?.fields).filter(({ tag }) => !own.includes(tag))
  const remarks = await policyRemarks(losing, tags)
  return remarks.map(words => `${tablePath(losing.table)} ${losing.because}, and ${words}`)
}

async function policyRemarks(losing: Losing, tags: readonly TaggedColumn[]): Promise<readonly string[]> {
  const ofRows = await losing.tables.rowPoliciesOn(losing.table)
  const found = [
    ...(ofRows ?? []).map(name => `row access policy ${name}`),
    ...tags.map(({ column, tag }) => `policy tag ${tag} on column ${column}`),
  ]
  if (found.length > 0) throw hasPolicies(losing, found)
  if (ofRows !== undefined) return []
  return ['whether it had row access policies could not be looked up: set them again where it had']
}

function hasPolicies({ name, table, because }: Losing, found: readonly string[]): ProblemsError {
  const path = tablePath(table)
  const message = `${name}: ${path} ${because}, which would leave it without its policies and show its readers what they hide: ${found.join(', ')}`
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
  const staying = (schema?.fields ?? []).filter(({ name }) => columns[name] !== undefined)
  return tagsOn(staying).filter(({ column }) => policyTags[column] === undefined)
}

function tagsOn(fields: readonly FieldResource[] = []): readonly TaggedColumn[] {
  return fields.flatMap(({ name, policyTags, fields: inner }) => {
    const own = (policyTags?.names ?? []).map(tag => ({ column: name, tag }))
    const within = tagsOn(inner).map(({ column, tag }) => ({ column: `${name}.${column}`, tag }))
    return [...own, ...within]
  })
}
