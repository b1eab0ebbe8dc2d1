import { describe, expect, test } from 'vitest'
import {
  build,
  client,
  config,
  customers,
  declare,
  orders,
  server,
  serveTheDeclaredShop,
  shop,
} from './declared-shop.ts'
import { rowsOf } from './small-shop.ts'

serveTheDeclaredShop()

// Tables, of ours and raw ones, that answer no query which does not say what partitions it reads.

describe('A table that has to be read by its partitions', () => {
  test('is read by models, their tests, tests of live tables and `show` without a word of the author', async () => {
    declare()
    shop.mend(
      orders,
      'dataThrough:',
      "tests: { never: { 'is an order of nobody': self => sql`select s.order_id from ${self} as s where s.customer is null` } },\n  dataThrough:",
    )
    shop.mend(customers, "key('Who')", 'references(orders.columns.customer)')
    shop.mend(customers, 'integer, key, model', 'integer, model, references')
    shop.mend(
      'data_tests/every_customer_paid.ts',
      'import { customers }',
      "import { orders } from '../models/shop/orders'\nimport { customers }",
    )
    shop.mend(
      'data_tests/every_customer_paid.ts',
      'where c.euro = 0',
      'join ${orders} as o on c.customer = o.customer where c.euro = 0',
    )
    await build()
    expect(await build(['test'])).toContain('pass')
    expect(await build(['show', 'orders'])).toContain('o5')
    const unfiltered = client.query('select count(*) from j_shop.orders')
    await expect(unfiltered).rejects.toThrow("without a filter over column(s) 'placed_at'")
  })

  test('is read whole, rows of no date included', async () => {
    shop.mend(orders, "clusterBy: ['customer']", "clusterBy: ['customer'], requirePartitionFilter: true")
    shop.mend(orders, "placed_at: timestamp('When')", "placed_at: timestamp('When').nullable()")
    shop.mend('models/staging/named.ts', "placed_at: timestamp('When')", "placed_at: timestamp('When').nullable()")
    shop.mend(
      'models/staging/named.ts',
      'o.placed_at',
      "case when o.order_id = 'o1' then null else o.placed_at end as placed_at",
    )
    await build()
    expect(await rowsOf(server, 'j_shop.customers')).toContain('{"customer":"ann","order_count":3,"euro":"13.3"}')
  })
})

describe('A raw table that has to be read by its partitions', () => {
  const raw = (
    partitions: string,
  ) => `create table raw_till.orders (order_id string, customer string, currency string, amount numeric, placed_at timestamp)
    partition by ${partitions} options (require_partition_filter = true)`
  const rows = `insert into raw_till.orders (order_id, customer, currency, amount, placed_at) values
    ('o1', 'ann', 'EUR', 10, '2026-05-01 09:00:00'), ('o2', 'bob', 'EUR', 4, '2026-05-02 09:00:00'), ('o3', 'cy', 'EUR', 1, null)`

  test.each(['timestamp_trunc(placed_at, day)', '_partitiondate'])('by %s is landed whole', async partitions => {
    await client.createDataset('raw_till', { location: 'EU' })
    await client.query(raw(partitions))
    await client.query(rows)
    shop.mend(
      'sources/till.ts',
      "({ file }) => ({ file, badRows: 'fail' })",
      "({ file }) => ({ table: file, badRows: 'fail' })",
    )
    shop.mend('sources/till.ts', "timestamp('When')", "timestamp('When').nullable()")
    shop.mend('models/staging/named.ts', 'where o.customer is not null', 'where o.placed_at is not null')
    shop.mend(config, 'data/orders.csv', 'raw_till.orders')
    await build()
    expect(await rowsOf(server, 'j_raw.till__orders')).toHaveLength(3)
    expect(await rowsOf(server, 'j_shop.customers')).toEqual([
      '{"customer":"ann","order_count":1,"euro":"10"}',
      '{"customer":"bob","order_count":1,"euro":"4"}',
    ])
  })
})
