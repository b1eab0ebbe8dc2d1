import { describe, expect, test } from 'vitest'
import { plainRows } from '../../../src/googlesql/googlesql.ts'
import {
  build,
  client,
  config,
  customers,
  dayMs,
  declare,
  orders,
  server,
  serveTheDeclaredShop,
  shop,
  stored,
  tag,
  tagsOf,
} from './declared-shop.ts'
import { rowsOf } from './small-shop.ts'

serveTheDeclaredShop()

// What models and their target declare of tables, on new ones and on those that stand.

async function expectDeclared(begun: number): Promise<void> {
  expect(stored('orders')).toMatchObject({
    requirePartitionFilter: true,
    partitioning: { kind: 'time', unit: 'DAY', column: 'placed_at', expirationMs: String(400 * dayMs) },
    clustering: ['customer'],
    labels: { team: 'growth', domain: 'sales', use: 'web' },
    description: 'One row per order.',
  })
  expect([tagsOf('orders'), tagsOf('customers'), tagsOf('loyalty')]).toEqual([
    { customer: tag(2) },
    { customer: tag(2) },
    {},
  ])
  expect(stored('customers').labels).toEqual({ team: 'growth' })
  const { expirationTime } = stored('customers')
  expect(Number(expirationTime)).toBeGreaterThanOrEqual(begun + 30 * dayMs)
  expect(Number(expirationTime)).toBeLessThanOrEqual(Date.now() + 30 * dayMs)
  expect(stored('named', 'j_staging').labels).toEqual({ team: 'growth' })
  expect(await rowsOf(server, 'j_shop.customers')).toEqual([
    '{"customer":"ann","order_count":3,"euro":"13.3"}',
    '{"customer":"bob","order_count":1,"euro":"4"}',
  ])
  const filtered = await server.query(
    "select order_id from j_shop.orders where placed_at >= timestamp '2026-05-02' order by 1",
  )
  expect(plainRows(filtered)).toEqual([{ order_id: 'o3' }, { order_id: 'o5' }])
}

describe('What models and their target declare', () => {
  test('is on tables that are new', async () => {
    server.store.restore(new Map())
    declare()
    const begun = Date.now()
    await build()
    await expectDeclared(begun)
  })

  test('comes onto tables that stand, which are not made anew for it, and what others said of them stays', async () => {
    const table = client.dataset('j_shop').table('customers')
    const [{ schema }] = await table.getMetadata()
    const byHand = schema.fields.map((field: { name: string }) =>
      field.name === 'euro' ? { ...field, policyTags: { names: [tag(9)] } } : field,
    )
    await table.setMetadata({ schema: { fields: byHand }, labels: { owner: 'ana' } })
    await client.query("grant `roles/bigquery.dataViewer` on table j_shop.customers to 'user:ben@example.com'")
    const made = (name: string) => stored(name).createdAt
    const before = [made('orders'), made('customers')]
    declare()
    const begun = Date.now()
    expect(await build()).not.toContain('made anew')
    expect([made('orders'), made('customers')]).toEqual(before)
    expect(stored('customers').bindings).toHaveLength(1)
    expect(stored('customers').labels).toEqual({ owner: 'ana', team: 'growth' })
    expect(tagsOf('customers')).toEqual({ customer: tag(2), euro: tag(9) })
    await table.setMetadata({ labels: { owner: null as unknown as string } })
    const columns = stored('customers').columns.map(({ policyTags, ...column }) =>
      column.name === 'euro' ? column : { ...column, ...(policyTags && { policyTags }) },
    )
    server.store.changeTable({ dataset: 'j_shop', table: 'customers' }, { columns })
    await expectDeclared(begun)
  })

  test('is changed and taken away again in the table as it stands', async () => {
    declare()
    await build()
    shop.mend(
      orders,
      'requirePartitionFilter: true, partitionsExpireAfterDays: 400',
      'requirePartitionFilter: false, partitionsExpireAfterDays: 500',
    )
    shop.mend(customers, 'expiresAfterDays: 30', "expiresAfterDays: 'never'")
    shop.mend(config, tag(2), tag(3))
    expect(await build()).not.toContain('made anew')
    expect(stored('orders')).toMatchObject({
      requirePartitionFilter: false,
      partitioning: { expirationMs: String(500 * dayMs) },
    })
    expect(stored('customers').expirationTime).toBeUndefined()
    expect([tagsOf('orders'), tagsOf('customers')]).toEqual([{ customer: tag(3) }, { customer: tag(3) }])
    shop.mend(orders, 'partitionsExpireAfterDays: 500', "partitionsExpireAfterDays: 'never'")
    expect(await build()).not.toContain('made anew')
    expect(stored('orders').partitioning).toEqual({ kind: 'time', unit: 'DAY', column: 'placed_at' })
  })

  test('is no longer touched where nothing is declared', async () => {
    declare()
    await build()
    shop.mend(
      orders,
      ', requirePartitionFilter: true, partitionsExpireAfterDays: 400',
      ', requirePartitionFilter: true',
    )
    shop.mend(customers, ', expiresAfterDays: 30', '')
    shop.mend(config, `, policy_tags: { person: "${tag(2)}" }`, '')
    const { expirationTime } = stored('customers')
    await build()
    expect(stored('orders').partitioning).toMatchObject({ expirationMs: String(400 * dayMs) })
    expect(stored('customers').expirationTime).toBe(expirationTime)
    expect([tagsOf('orders'), tagsOf('customers')]).toEqual([{ customer: tag(2) }, { customer: tag(2) }])
  })

  test('is asked for once: another build of the same changes nothing but the rows and the day on which a table ends', async () => {
    declare()
    await build()
    const from = server.requests.length
    await build()
    const patched = server.requests.slice(from).filter(request => request.startsWith('PATCH'))
    expect(patched).toEqual([expect.stringMatching(/j_shop\/tables\/customers$/)])
  })
})
