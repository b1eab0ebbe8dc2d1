import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectsOf } from '../../cli/support.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { listening, newPlace, type Place, type SmallShop, shownBy, smallShop } from './small-shop.ts'

// fakesnow explains nothing: what the compiler would say of each query is said in its place.

const changing = /^(alter (?!session)|begin|commit|copy|create|delete|drop|grant|insert|merge|put|truncate|update)\b/

/** The nodes of a plan by name, and what it says of all of them. */
function planOf(stdout: string) {
  const objects = objectsOf(stdout)
  return { nodes: new Map(objects.slice(0, -1).map(one => [String(one.name), one])), total: objects.at(-1)! }
}

describe.skipIf(whyNoFakesnow() !== undefined)('A plan in Snowflake', { timeout: 200_000 }, () => {
  let server: LocalSnowflake
  let place: Place
  let shop: SmallShop
  beforeAll(async () => {
    server = await startLocalSnowflake()
    place = newPlace(server)
    shop = smallShop(place)
    const stats = { partitionsTotal: 40, partitionsAssigned: 3, bytesAssigned: 1_000_000 }
    server.told.tell(/^explain using json\n/, [{ content: JSON.stringify({ GlobalStats: stats, Operations: [] }) }])
  })
  afterAll(() => server?.close())

  test('of what was never built knows the order and nothing of what is read, and changes nothing', async () => {
    const sent = listening(place)
    const { exitCode, stdout, stderr } = await shop.run(['plan', '--output', 'json'])
    expect(exitCode, stdout + stderr).toBe(0)
    const { nodes, total } = planOf(stdout)
    expect([...nodes.keys()]).toEqual([
      'till.orders',
      'rates',
      'named',
      'orders',
      'customers',
      'loyalty',
      'every_customer_paid',
    ])
    expect(nodes.get('orders')).toMatchObject({ change: 'new', notKnown: expect.stringContaining('rates') })
    expect(total).toMatchObject({ bytesProcessed: 0, isLowerBound: true, nodeCount: 7 })
    expect(sent(changing)).toEqual([])
    expect(sent(/^explain/)).toEqual([])
  })

  test('shows, of what stands, the bytes and partitions that the compiler tells, and no price', async () => {
    const built = await shop.run(['build', '--threads', '1'])
    expect(built.exitCode, built.stdout + built.stderr).toBe(0)
    const shown = await shownBy(place)
    const sent = listening(place)
    const { nodes, total } = planOf((await shop.run(['plan', '--output', 'json'])).stdout)
    for (const name of ['orders', 'customers', 'every_customer_paid']) {
      expect(nodes.get(name), name).toMatchObject({ bytesProcessed: 1_000_000, partitions: { read: 3, all: 40 } })
      expect(nodes.get(name)).not.toHaveProperty('estimatedUsd')
    }
    expect(nodes.get('loyalty')).toMatchObject({ notKnown: 'not known before its rounds are done' })
    expect(total).toMatchObject({ bytesProcessed: 3_000_000, partitions: { read: 9, all: 120 }, unknown: ['loyalty'] })
    expect(sent(changing)).toEqual([])
    const { stdout } = await shop.run(['plan'])
    expect(stdout).toMatch(/shop\.orders .* same contract +1\.0 MB +3 of 40 partitions\n/)
    expect(stdout).toContain('Reads at least 3.0 MB, 9 of 120 partitions: of 3 queries that can be asked about\n')
    expect(await shownBy(place)).toEqual(shown)
  })

  test('above the budget of its target refuses the build before anything runs', async () => {
    shop.mend('warehouse.config.yaml', 'database: SHOP,', 'database: SHOP, budget: { bytes: 2 MB },')
    const sent = listening(place)
    const refused = await shop.run(['build'])
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain(
      'targets.prod.budget: this run would read at least 3.0 MB, and its budget is 2.0 MB',
    )
    expect(sent(changing)).toEqual([])
    shop.mend('warehouse.config.yaml', '2 MB', '1 GB')
    const built = await shop.run(['build', '--threads', '1'])
    expect(built.exitCode, built.stdout + built.stderr).toBe(0)
    expect(built.stdout).toContain('Reads at least 3.0 MB, within the budget of 1.0 GB; not known yet: loyalty')
  })
})
