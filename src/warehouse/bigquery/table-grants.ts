import { tablePath } from '../../compile/naming.ts'
import { type TableGrants, WarehouseError } from '../warehouse.ts'
import type { Tables } from './tables.ts'

/** Grants on single tables: given by a statement, read from the table's policy, which costs nothing. */
export function tableGrants(tables: Tables): TableGrants {
  return {
    give: (session, table, grantee) =>
      session.execute(
        `grant \`roles/bigquery.dataViewer\` on table ${tablePath(table)} to '${grantee.replaceAll("'", '')}'`,
      ),
    on: async (_session, table) => {
      const grants = await tables.grantsOn(table)
      if (grants === undefined)
        throw new WarehouseError(`this account may not see who is granted ${tablePath(table)}`, { kind: 'other' })
      return (grants.bindings ?? [])
        .flatMap(({ role, members }) => members.map(member => `${role} to ${member}`))
        .sort()
    },
  }
}
