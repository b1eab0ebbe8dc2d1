import type { TableName } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { type Row, type Session, WarehouseError } from '../warehouse.ts'
import { isForbidden, isMissing, SnowflakeError } from './errors.ts'

/**
 * What is to be said of the masking, row access and other policies of a table or view that is to be replaced: nothing where it has none, else that they
 * could not be looked up. What takes its place has none, and who reads it keeps the right to: so for one that has some, throws `ProblemsError` that
 * names them.
 */
export async function policyRemarks(
  session: Session,
  { name, table }: { readonly name: string; readonly table: TableName },
  kind: 'table' | 'view',
): Promise<readonly string[]> {
  const policies = await policiesOf(session, tablePath(table), kind, table.database)
  if (policies === undefined) return [notLookedUp]
  if (policies.length === 0) return []
  const path = tablePath(table)
  const message = `${name}: ${path} has to be made anew, which would leave it without its policies and show its readers what they hide: ${policies.map(wordsOf).join(', ')}`
  const hint = `unset them and build, before anybody reads it, then set them again; or drop ${kind} ${path} by hand: the next build makes it, and its grants and policies are then set again by whoever set them`
  throw new ProblemsError([{ kind: 'warehouse', message, hint }])
}

const notLookedUp = 'whether it had masking or row access policies could not be looked up: set them again where it had'

/** What was done to a table or view, with what is to be said of that; nothing where that is nothing. */
export function toldWith(deed: string, remarks: readonly string[]): readonly string[] {
  return remarks.length === 0 ? [] : [[deed, ...remarks].join('; ')]
}

async function policiesOf(
  session: Session,
  path: string,
  kind: 'table' | 'view',
  database: string | undefined,
): Promise<readonly Row[] | undefined> {
  const information = database === undefined ? 'information_schema' : `${database}.information_schema`
  try {
    return await session.query(
      `select policy_db, policy_schema, policy_name, policy_kind, ref_column_name\nfrom table(${information}.policy_references(ref_entity_name => ${snowflake.text(path)}, ref_entity_domain => '${kind}'))`,
    )
  } catch (error) {
    if (isForbidden(error) || isMissing(error) || isWithoutFunction(error)) return undefined
    throw error
  }
}

/** There is no such function, or the account's edition has no policies. */
function isWithoutFunction(error: unknown): boolean {
  const cause = error instanceof WarehouseError ? error.cause : undefined
  return cause instanceof SnowflakeError && ['000002', '002140', '002141'].includes(cause.code)
}

/** `masking policy GOVERNANCE.POLICIES.HIDE_MAIL on column email` */
function wordsOf({
  policy_db: db,
  policy_schema: schema,
  policy_name: name,
  policy_kind: kind,
  ref_column_name: column,
}: Row) {
  const what = String(kind).toLowerCase().replaceAll('_', ' ')
  const path = [db, schema, name].filter(part => typeof part === 'string' && part !== '').join('.')
  const on = typeof column === 'string' && column !== '' ? ` on column ${column.toLowerCase()}` : ''
  return `${what.includes('policy') ? what : `${what} policy`} ${path}${on}`
}
