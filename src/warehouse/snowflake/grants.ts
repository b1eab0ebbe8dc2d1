import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Cell, Row, Session } from '../warehouse.ts'
import { isForbidden, isMissing } from './errors.ts'

/** What somebody may do with one table or view. */
export interface Grant {
  readonly privilege: string
  /** `role`, `database role`, `share`, `user`, or whatever else Snowflake grants to. */
  readonly to: string
  /** As Snowflake tells it. */
  readonly name: string
  readonly mayGrant: boolean
}

/** What others may do with a table or view, its owner's rights aside; undefined where this role may not know. */
export async function grantsOn(
  session: Session,
  table: TableName,
  kind: 'table' | 'view',
): Promise<readonly Grant[] | undefined> {
  try {
    const rows = await session.query(`show grants on ${kind} ${tablePath(table)}`)
    return rows.filter(({ privilege }) => wordsOf(privilege) !== 'ownership').map(grantOf)
  } catch (error) {
    if (isForbidden(error)) return undefined
    throw error
  }
}

/** Gives them on what stands now, one by one; gives those that could not be given. */
export async function grantAgain(
  session: Session,
  table: TableName,
  kind: 'table' | 'view',
  grants: readonly Grant[],
): Promise<readonly Grant[]> {
  // Of a view, rows can be read alone.
  const possible =
    kind === 'table' ? grants : grants.filter(({ privilege }) => /^(select|references)$/i.test(privilege))
  const refused: Grant[] = []
  for (const grant of possible) {
    const grantee = granteeOf(grant, table)
    if (grantee === undefined || !(await isGiven(session, grant, `${kind} ${tablePath(table)} to ${grantee}`)))
      refused.push(grant)
  }
  return refused
}

/** `SELECT to REPORTER`, `SELECT to share ACME.FOR_PARTNERS` */
export function grantWords({ privilege, to, name }: Grant): string {
  return `${privilege} to ${to === 'role' ? '' : `${to} `}${name}`
}

async function isGiven(session: Session, { privilege, to, mayGrant }: Grant, onTo: string): Promise<boolean> {
  const option = mayGrant && to === 'role' ? ' with grant option' : ''
  try {
    await session.execute(`grant ${privilege} on ${onTo}${option}`)
    return true
  } catch (error) {
    // The role may not, or whom it is given to is gone.
    if (isForbidden(error) || isMissing(error)) return false
    throw error
  }
}

/** Whom a grant is given to, in SQL; undefined where there is no way to say it, as of an application. */
function granteeOf({ to, name }: Grant, { database }: TableName): string | undefined {
  switch (to) {
    case 'role':
    case 'user':
      return `${to} ${quoted(name)}`
    case 'database role': {
      // Of the table's own database: no other can be given anything on it.
      const within = database === undefined ? '' : `${database}.`
      return `database role ${within}${quoted(name.slice(name.indexOf('.') + 1))}`
    }
    case 'share':
      // Told with its account, or its organization and account, before it.
      return `share ${quoted(name.slice(name.lastIndexOf('.') + 1))}`
    default:
      return undefined
  }
}

function grantOf({ privilege, granted_to: to, grantee_name: name, grant_option: option }: Row): Grant {
  return { privilege: String(privilege), to: wordsOf(to), name: String(name), mayGrant: String(option) === 'true' }
}

/** `DATABASE_ROLE` as `database role` */
function wordsOf(value: Cell | undefined): string {
  return String(value).toLowerCase().replaceAll('_', ' ')
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
