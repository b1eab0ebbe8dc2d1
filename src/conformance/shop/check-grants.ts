import type { TableName } from '../../compile/compiled.ts'
import type { Findings } from '../findings.ts'
import { inSession, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { buildShop, failureWords } from './build-shop.ts'
import { columnGone, columnMore, laterData, type Shop, withShop } from './shop.ts'

const steps: readonly (readonly [name: string, change: (shop: Shop) => void])[] = [
  ['other rows', laterData],
  ['a column more', columnMore],
  ['a column gone, for which the table is made anew', columnGone],
]

/** Who was granted a published table has it after every later build. */
export function checkGrants(kit: Kit, soFar: Findings): Promise<CheckOutcome> {
  return withShop(kit.shopFolder, shop =>
    inWarehouse(
      () => kit.open('grants'),
      async warehouse => {
        const { grants } = warehouse
        const { grantee } = kit
        if (grants === undefined) return skipped(`${warehouse.dialect.engine} has no grants`)
        if (grantee === undefined) return skipped('nobody was named with --grantee')
        const naming = kit.naming('grants')
        const on = (table: TableName) => inSession(kit, warehouse, 'grants', session => grants.on(session, table))
        const first = await buildShop(kit, warehouse, naming, shop)
        const failure = failureWords(first.result)
        if (failure !== undefined) {
          soFar.add(0, [failed('first build', failure)])
          return soFar.outcome()
        }
        const { table } = first.compiled.models.get('customers')!
        const without = await on(table)
        await inSession(kit, warehouse, 'granting', session => grants.give(session, table, grantee))
        const given = await on(table)
        if (given.length <= without.length) {
          const got = `as many grants as before: ${given.length}`
          soFar.add(0, [{ about: 'customers', where: 'granting it', expected: 'a grant more', got }])
          return soFar.outcome()
        }
        soFar.add(1, [])
        for (const [name, change] of steps) {
          change(shop)
          const { result } = await buildShop(kit, warehouse, naming, shop)
          const why = failureWords(result)
          const differences = why === undefined ? [] : [failed(name, why)]
          const kept = await on(table)
          const lost = given.filter(grant => !kept.includes(grant))
          if (lost.length > 0)
            differences.push({
              about: 'customers',
              where: name,
              expected: `${given.length} grants`,
              got: `${lost.length} of them gone`,
            })
          soFar.add(differences.length === 0 ? 1 : 0, differences)
        }
        return soFar.outcome()
      },
    ),
  )
}

function skipped(because: string): CheckOutcome {
  return { agreed: 0, differences: [], skipped: [{ about: 'grants', because }] }
}

const failed = (where: string, got: string): Difference => ({ about: 'build', where, expected: 'success', got })
