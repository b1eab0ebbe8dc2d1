import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { FieldResource, TableResource } from './resources.ts'
import type { Tables } from './tables.ts'

/** A table that would lose what hides its values from some of its readers, and why it would. */
interface Losing {
  readonly tables: Tables
  /** Of the raw table in the project. */
  readonly name: string
  readonly table: TableName
  /** What is to be done to it, in words: `becomes a view`. */
  readonly because: string
}

/** A table that loses its row access policies is not touched; gives what is to be said where they cannot be looked up. Throws `ProblemsError` that names them. */
export async function mustHaveNoRowPolicies(losing: Losing): Promise<readonly string[]> {
  const policies = await losing.tables.rowPoliciesOn(losing.table)
  if (policies === undefined) {
    const { because, table } = losing
    return [
      `${tablePath(table)} ${because}, and whether it had row access policies could not be looked up: set them again where it had`,
    ]
  }
  if (policies.length > 0) throw hides(losing, policies.map(wordsOfRowPolicy))
  return []
}

/** The same for a table that loses its policy tags as well; those that the target gives by the classes of columns are its own. */
export async function mustHaveNoPolicies(losing: Losing, { schema }: TableResource): Promise<readonly string[]> {
  const declared = Object.values(losing.tables.policyTags ?? {})
  const tags = (schema?.fields ?? []).flatMap(field => tagsIn(field)).filter(({ tag }) => !declared.includes(tag))
  if (tags.length === 0) return mustHaveNoRowPolicies(losing)
  const ofRows = (await losing.tables.rowPoliciesOn(losing.table)) ?? []
  throw hides(losing, [
    ...ofRows.map(wordsOfRowPolicy),
    ...tags.map(({ column, tag }) => `policy tag ${tag} on column ${column}`),
  ])
}

function hides({ name, table, because }: Losing, what: readonly string[]): ProblemsError {
  const path = tablePath(table)
  const message = `${name}: ${path} ${because}, which would leave it without its policies and show its readers what they hide: ${what.join(', ')}`
  const hint = `take the readers' access away, drop the policies, build, and set both again; or drop table ${path} by hand: the next build makes it, and its grants and policies are then set again by whoever set them`
  return new ProblemsError([{ kind: 'warehouse', message, hint }])
}

const wordsOfRowPolicy = (policy: string): string => `row access policy ${policy}`

interface TaggedColumn {
  /** With the columns that it stands in: `address.street`. */
  readonly column: string
  readonly tag: string
}

function tagsIn({ name, policyTags, fields = [] }: FieldResource, within = ''): readonly TaggedColumn[] {
  const column = `${within}${name}`
  const own = (policyTags?.names ?? []).map(tag => ({ column, tag }))
  return [...own, ...fields.flatMap(field => tagsIn(field, `${column}.`))]
}
