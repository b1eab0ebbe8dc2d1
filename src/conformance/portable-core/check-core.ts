import type { Dialect } from '../../compile/dialect/dialect.ts'
import { type Session, WarehouseError } from '../../warehouse/warehouse.ts'
import { rowsDifference } from '../compare-rows.ts'
import type { Findings } from '../findings.ts'
import { inSessions, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { type Construct, constructQuery } from './construct.ts'
import { coreConstructs } from './constructs.ts'

/** Every construct of the portable core gives the rows that were worked out for it by hand. */
export async function checkCore(kit: Kit, soFar: Findings): Promise<CheckOutcome> {
  await inWarehouse(
    () => kit.open('retailer'),
    warehouse =>
      inSessions(kit, warehouse, 'core', coreConstructs, async (session, construct) => {
        const different = await differenceOf(session, construct, warehouse.dialect)
        if (different === undefined) soFar.add(1, [])
        else soFar.add(0, [different])
      }),
  )
  return soFar.outcome()
}

async function differenceOf(session: Session, construct: Construct, dialect: Dialect): Promise<Difference | undefined> {
  const { row: about, says: where, columns, gives } = construct
  const sql = constructQuery(construct, dialect)
  const expected = `${gives.length} rows`
  try {
    const different = rowsDifference(columns, [], gives, await session.query(sql))
    if (different === undefined) return undefined
    return { about, where, expected, got: `${different.gotCount} rows; ${different.samples.join(' | ')}`, sql }
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    return { about, where, expected, got: error.message, sql }
  }
}
