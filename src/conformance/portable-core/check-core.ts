import { WarehouseError } from '../../warehouse/warehouse.ts'
import { rowsDifference } from '../compare-rows.ts'
import { inSessions, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { constructQuery } from './construct.ts'
import { coreConstructs } from './constructs.ts'

/** Every construct of the portable core gives the rows that were worked out for it by hand. */
export async function checkCore(kit: Kit): Promise<CheckOutcome> {
  const found = await inWarehouse(
    () => kit.open('retailer'),
    warehouse =>
      inSessions(kit, warehouse, 'core', coreConstructs, async (session, construct): Promise<readonly Difference[]> => {
        const { row: about, says: where, columns, gives } = construct
        const sql = constructQuery(construct, warehouse.dialect)
        const expected = `${gives.length} rows`
        try {
          const different = rowsDifference(columns, [], gives, await session.query(sql))
          if (different === undefined) return []
          return [{ about, where, expected, got: `${different.gotCount} rows; ${different.samples.join(' | ')}`, sql }]
        } catch (error) {
          if (!(error instanceof WarehouseError)) throw error
          return [{ about, where, expected, got: error.message, sql }]
        }
      }),
  )
  const differences = found.flat()
  return { agreed: coreConstructs.length - differences.length, differences, skipped: [] }
}
