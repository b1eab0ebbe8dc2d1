import { type TableRequests, WarehouseError } from '../warehouse.ts'
import type { Tables } from './tables.ts'

/** One request each, and none of them billed. */
export function tableRequests(tables: Tables): TableRequests {
  return {
    createView: async (view, query) => {
      try {
        await tables.insert(view, { view: { query, useLegacySql: false } })
        return true
      } catch (error) {
        if (error instanceof WarehouseError && error.errorKind !== 'connection') return false
        throw error
      }
    },
    rowCount: async table => {
      const rows = (await tables.find(table))?.numRows
      return rows === undefined ? undefined : Number(rows)
    },
    drop: table => tables.drop(table),
  }
}
