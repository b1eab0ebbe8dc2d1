import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateShop, type Shop, sampleShop } from '../../examples/shop/generate.ts'
import { type BuiltFile, buildFile } from './clickstream-file.ts'

describe('the sample shop, of whom everything is known', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-shop-'))
  let shop: Shop
  let built: BuiltFile

  beforeAll(async () => {
    shop = await generateShop({ ...sampleShop, folder })
    built = await buildFile('shop', shop.file, ['sessions', 'people', 'conversions', 'touchpoints', 'event_channels'])
  }, 120_000)
  afterAll(async () => {
    await built?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('what was sent twice or late is one event', async () => {
    const { truth, rowCount } = shop
    expect(truth.exactDuplicates).toBeGreaterThan(0)
    expect(truth.resentEvents).toBeGreaterThan(0)
    expect(built.rawRows).toBe(rowCount)
    expect(await built.rows('select count(*) as count from events.events')).toEqual([{ count: truth.events }])
  })

  test('orders and their revenue are those that were placed, to the cent', async () => {
    const [found] = await built.rows(
      `select count(*) as orders, cast(sum(revenue) as decimal(18, 2)) as revenue from journeys.conversions where conversion = 'purchase'`,
    )
    expect(found).toEqual({ orders: shop.truth.purchases, revenue: shop.truth.revenue })
  })

  test('the tablet in the showroom is shared, and nobody else is', async () => {
    const shared = await built.rows('select identifier_value from profiles.identifiers where is_shared')
    expect(shared).toEqual([{ identifier_value: shop.truth.showroomCookie }])
  })

  test('nobody is torn apart whom one identifier holds together, and whom it does not is told apart', async () => {
    const rows = await built.rows(`
      select i.identifier_kind || ':' || i.identifier_value as identifier, m.person_id
      from profiles.identity_map as m
      inner join profiles.identifiers as i on i.identifier_id = m.identifier_id
      where not i.is_shared`)
    expect(groups(rows.map(({ identifier, person_id }) => [String(identifier), String(person_id)]))).toEqual(
      groups(await linkedInFile()),
    )
  })

  /** For each identifier a name of the group that rows with a customer and a cookie make of it, the showroom's aside. */
  async function linkedInFile(): Promise<readonly (readonly [string, string])[]> {
    const rows = await built.rows(
      `select distinct 'user_id:' || customer_id as user, 'device_id:' || cookie as device from raw.clickstream__events`,
    )
    const names = new Map<string, string>()
    const nameOf = (identifier: string): string => {
      const next = names.get(identifier) ?? identifier
      return next === identifier ? identifier : nameOf(next)
    }
    for (const { user, device } of rows) {
      const own = [user, device].filter(
        identifier => identifier !== null && identifier !== `device_id:${shop.truth.showroomCookie}`,
      )
      for (const identifier of own) names.set(nameOf(String(identifier)), nameOf(String(own[0])))
      for (const identifier of own)
        if (!names.has(String(identifier))) names.set(String(identifier), String(identifier))
    }
    return [...names.keys()].map(identifier => [identifier, nameOf(identifier)])
  }
})

/** Who is together, whatever the groups are called. */
function groups(named: readonly (readonly [identifier: string, group: string])[]): readonly string[] {
  const members = new Map<string, string[]>()
  for (const [identifier, group] of named) members.set(group, [...(members.get(group) ?? []), identifier])
  return [...members.values()].map(group => group.sort().join(' ')).sort()
}
