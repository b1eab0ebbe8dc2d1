import { describe, expect, test } from 'vitest'
import {
  build,
  client,
  customers,
  declare,
  orders,
  say,
  server,
  serveTheDeclaredShop,
  shop,
  stored,
  tag,
  tagsOf,
} from './declared-shop.ts'
import { leaseIsOver } from './lease-row.ts'
import type { LocalBigQuery } from './server/server.ts'
import { laterOrders, rowsOf } from './small-shop.ts'

serveTheDeclaredShop()

// The tags that a target gives to the columns of a class, however their table comes to be.

describe('A policy tag', () => {
  test('is on a table before any of its rows is', async () => {
    server.store.restore(new Map())
    declare()
    const seen = new Set<string>()
    server.onCarriedOut(() => {
      for (const [table, found] of server.store.findDataset('j_shop')?.tables ?? []) {
        if (!/^(orders|customers)(__tl_next_\w+)?$/.test(table)) continue
        const isGuarded = found.columns.some(({ policyTags }) => policyTags !== undefined)
        seen.add(`${/__tl_next/.exec(table) ?? ''} ${found.rows.length === 0 ? 'empty' : 'filled'} ${isGuarded}`)
      }
    })
    await build()
    expect([...seen].sort()).toEqual([' filled true', '__tl_next empty true', '__tl_next filled true'])
  })

  test('is on a new table that has its name, although the job that gives it is told to have failed', async () => {
    server.store.restore(new Map())
    declare()
    const how = { reason: 'backendError', message: 'Error encountered during execution.' }
    const fault = { kind: 'failing-statement', number: 3, ...how } as const
    server.faults.add({ fault, times: 1, method: 'POST', path: /\/jobs$/, body: /rename to customers;/ })
    await build()
    expect(server.faults.happened.at(-1)).toMatch(/^failing-statement/)
    expect([tagsOf('customers'), stored('customers').rows.length]).toEqual([{ customer: tag(2) }, 2])
  })

  test('is on a table whose making was killed half-way, once another build has made it', async () => {
    declare()
    await build()
    shop.mend(orders, "by: 'day'", "by: 'month'")
    const halfWay: ReturnType<LocalBigQuery['store']['snapshot']>[] = []
    server.onCarriedOut(() => {
      const names = [...(server.store.findDataset('j_shop')?.tables.keys() ?? [])]
      if (names.some(name => name.startsWith('orders__tl_next_'))) halfWay.push(server.store.snapshot())
    })
    await build()
    server.onCarriedOut(() => undefined)
    expect(halfWay.length).toBeGreaterThanOrEqual(2)
    for (const left of [halfWay[0]!, halfWay.at(-1)!]) {
      server.store.restore(left)
      expect(stored('orders')).toMatchObject({ requirePartitionFilter: true, partitioning: { unit: 'DAY' } })
      expect(stored('orders').rows).toHaveLength(4)
      await leaseIsOver(server)
      await build()
      expect(stored('orders').partitioning).toMatchObject({ unit: 'MONTH' })
      expect(tagsOf('orders')).toEqual({ customer: tag(2) })
      expect([...server.store.dataset('j_shop').tables.keys()].sort()).toEqual(['customers', 'loyalty', 'orders'])
    }
  })

  test('is on a table that is made anew, with the grants that it had', async () => {
    declare()
    await build()
    await client.query("grant `roles/bigquery.dataViewer` on table j_shop.customers to 'user:ben@example.com'")
    shop.mend(customers, ", euro: number('What they paid')", '')
    shop.mend(customers, ', sum(o.euro) as euro', '')
    shop.mend('data_tests/every_customer_paid.ts', 'c.euro = 0', 'c.order_count = 0')
    shop.mend(orders, "by: 'day'", "by: 'month'")
    const told = await build()
    expect(told).toContain('with the grants it had, and no other policies: its column euro is gone')
    expect(told).toContain('it was partitioned by day of placed_at and is by month of placed_at now')
    expect([tagsOf('orders'), tagsOf('customers')]).toEqual([{ customer: tag(2) }, { customer: tag(2) }])
    expect(stored('customers').bindings).toHaveLength(1)
    expect(stored('orders')).toMatchObject({ requirePartitionFilter: true, partitioning: { unit: 'MONTH' } })
    expect(await rowsOf(server, 'j_shop.customers')).toContain('{"customer":"ann","order_count":3}')
    expect([...server.store.dataset('j_shop').tables.keys()].sort()).toEqual(['customers', 'loyalty', 'orders'])
  })

  test('is on a table that was a view, and on none that becomes one', async () => {
    shop.mend(customers, "kind: 'table'", "kind: 'view'")
    await build()
    shop.mend(customers, "kind: 'view'", "kind: 'table'")
    declare()
    expect(await build()).toContain('it was a view and is a table now')
    expect([stored('customers').kind, tagsOf('customers')]).toEqual(['TABLE', { customer: tag(2) }])
    shop.mend(customers, "{ kind: 'table', expiresAfterDays: 30 }", "{ kind: 'view' }")
    expect(await build()).toContain('it was a table and is a view now')
    expect([stored('customers').kind, tagsOf('customers')]).toEqual(['VIEW', {}])
  })

  test('guards a raw table that is loaded from files', async () => {
    shop.mend('sources/till.ts', "text('Who bought')", "text('Who bought').classified('person')")
    say(`policy_tags: { person: "${tag(2)}" }`)
    await build()
    shop.write('data/orders.csv', laterOrders)
    await build()
    expect(tagsOf('till__orders', 'j_raw')).toEqual({ customer: tag(2) })
  })
})
