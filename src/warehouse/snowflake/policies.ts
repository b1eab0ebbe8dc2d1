import type { TableName } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { type Row, type Session, WarehouseError } from '../warehouse.ts'
import { isForbidden, isMissing, SnowflakeError } from './errors.ts'

/**
 * Whether a table or view is known to have no masking, row access or other policies. What takes its place has none, and who reads it keeps the right to:
 * so one that has some is not replaced. False where that cannot be asked. Throws `ProblemsError` that names them.
 */
export async function hasNoPolicies(
  session: Session,
  { name, table }: { readonly name: string; readonly table: TableName },
  kind: 'table' | 'view',
): Promise<boolean> {
  const policies = await policiesOf(session, tablePath(table), kind, table.database)
  if (policies === undefined) return false
  if (policies.length === 0) return true
  const path = tablePath(table)
  const message = `${name}: ${path} has to be made anew, which would leave it without its policies and show its readers what they hide: ${policies.map(wordsOf).join(', ')}`
  const hint = `unset them and build, before anybody reads it, then set them again; or drop ${kind} ${path} by hand: the next build makes it, and its grants and policies are then set again by whoever set them`
  throw new ProblemsError([{ kind: 'warehouse', message, hint }])
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
