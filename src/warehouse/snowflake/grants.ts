import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import { type Row, type Session, WarehouseError } from '../warehouse.ts'

/** What some role may do with one table or view. */
export interface Grant {
  readonly privilege: string
  readonly role: string
  readonly mayGrant: boolean
}

/** What roles may do with a table or view, its owner's rights aside; undefined where this role may not know. */
export async function grantsOn(
  session: Session,
  table: TableName,
  kind: 'table' | 'view',
): Promise<readonly Grant[] | undefined> {
  try {
    const rows = await session.query(`show grants on ${kind} ${tablePath(table)}`)
    return rows.filter(isOfRole).map(row => ({
      privilege: String(row.privilege),
      role: String(row.grantee_name),
      mayGrant: String(row.grant_option) === 'true',
    }))
  } catch (error) {
    if (error instanceof WarehouseError) return undefined
    throw error
  }
}

/** Gives them on what stands now; false where this role may not. */
export async function grantAgain(
  session: Session,
  table: TableName,
  kind: 'table' | 'view',
  grants: readonly Grant[],
): Promise<boolean> {
  // Of a view, rows can be read alone.
  const possible =
    kind === 'table' ? grants : grants.filter(({ privilege }) => /^(select|references)$/i.test(privilege))
  try {
    for (const { privilege, role, mayGrant } of possible) {
      const option = mayGrant ? ' with grant option' : ''
      await session.execute(`grant ${privilege} on ${kind} ${tablePath(table)} to role ${quoted(role)}${option}`)
    }
    return true
  } catch (error) {
    if (error instanceof WarehouseError) return false
    throw error
  }
}

function isOfRole({ privilege, granted_to: to }: Row): boolean {
  return String(to).toUpperCase() === 'ROLE' && String(privilege).toUpperCase() !== 'OWNERSHIP'
}

function quoted(role: string): string {
  return `"${role.replaceAll('"', '""')}"`
}
