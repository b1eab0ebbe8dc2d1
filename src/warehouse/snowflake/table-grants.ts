import { tablePath } from '../../compile/naming.ts'
import { type TableGrants, WarehouseError } from '../warehouse.ts'
import { grantAgain, grantsOn, grantWords } from './grants.ts'

/** Grants on single tables, given to roles. */
export const tableGrants: TableGrants = {
  give: async (session, table, role) => {
    const refused = await grantAgain(session, table, 'table', [
      { privilege: 'SELECT', to: 'role', name: role, mayGrant: false },
    ])
    if (refused.length === 0) return
    throw new WarehouseError(`this role may not grant SELECT on ${tablePath(table)} to ${role}`, { kind: 'other' })
  },
  on: async (session, table) => {
    const grants = await grantsOn(session, table, 'table')
    if (grants === undefined)
      throw new WarehouseError(`this role may not see who is granted ${tablePath(table)}`, { kind: 'other' })
    return grants.map(grantWords).sort()
  },
}
