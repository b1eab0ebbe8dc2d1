import { expect, test } from 'vitest'
import type { TestResult } from '../../src/quality/test-result.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { runIn } from '../support/run.ts'
import { type RawShop, shopProject } from './shop-world.ts'

const synced = { _fivetran_synced: '2026-03-05 00:00:00' }
const order = {
  created_at: '2026-03-01 10:00:00',
  currency: 'EUR',
  taxes_included: true,
  subtotal_price: '100',
  total_price: '100',
  ...synced,
}
const line = { price: '50', quantity: 2, total_discount: '0', title: 'Lamp', ...synced }

const sound: RawShop = {
  clicks: [{ event_id: 'a', at: '2026-03-01 09:59:58', event: 'order_placed', user: '7', order_id: '1001' }],
  customer: [{ id: 7, created_at: '2026-03-01 09:00:00', email: 'ada@acme.example', ...synced }],
  order: [
    { ...order, id: 1, name: '#1001', customer_id: 7 },
    { ...order, id: 2, name: '#1002', customer_id: 7, cancelled_at: '2026-03-02 10:00:00' },
  ],
  order_line: [
    { ...line, id: 11, order_id: 1 },
    { ...line, id: 12, order_id: 2 },
  ],
  refund: [{ id: 5, order_id: 1, created_at: '2026-03-03 10:00:00', ...synced }],
  transaction: [
    { id: 8, order_id: 1, refund_id: 5, kind: 'refund', status: 'success', amount: '30', currency: 'EUR', ...synced },
  ],
}

/** What the tests of these models say that is not well, by model. */
async function findings(shop: RawShop): Promise<Readonly<Record<string, readonly string[]>>> {
  const results = await failedTests(shop)
  return Object.fromEntries(
    Object.entries(results).map(([name, tests]) => [name, tests.map(({ status, says }) => `${status}: ${says}`)]),
  )
}

/** The tests of these models that do not pass, by model. */
async function failedTests(shop: RawShop): Promise<Readonly<Record<string, readonly TestResult[]>>> {
  const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
  try {
    const project = shopProject(shop, { events: { shopify: { order_created: 'order_placed' } } })
    const { result } = await runIn(warehouse, project)
    const broken = result.results.filter(({ status }) => status === 'error' || status === 'skipped')
    expect(broken.map(({ name, problems }) => [name, problems])).toEqual([])
    const money = ['events', 'orders', 'order_items', 'missing_exchange_rates', 'conversions']
    return Object.fromEntries(
      result.results
        .filter(({ name }) => money.includes(name))
        .map(({ name, tests }) => [name, tests.filter(({ status }) => status !== 'pass')]),
    )
  } finally {
    await warehouse.close()
  }
}

test('a shop in which all is well passes all tests, those of all other models included', async () => {
  expect(await findings(sound)).toEqual({
    events: [],
    orders: [],
    order_items: [],
    missing_exchange_rates: [],
    conversions: [],
  })
})

test('two orders of one number, more given back than charged, and a missing rate are worth a warning, and stop nothing', async () => {
  const [first, second] = sound.order!
  const shop = {
    ...sound,
    order: [
      first!,
      { ...second!, name: '#1001', _fivetran_synced: '2026-03-04 00:00:00' },
      { ...order, id: 3, name: '#1003', currency: 'USD' },
    ],
    transaction: [{ ...sound.transaction![0]!, amount: '130' }],
  }
  expect(await findings(shop)).toEqual({
    events: [],
    orders: ['warn: shop_order_count is at most 1', 'warn: no more is given back than was charged'],
    order_items: [],
    missing_exchange_rates: ['warn: amounts of one kind, currency and day without an exchange rate'],
    conversions: [],
  })
})

test('a missing rate is warned of by as many rows as its table has: the order and the event that wait for one rate are two', async () => {
  const shop = { ...sound, order: [...sound.order!, { ...order, id: 3, name: '#1003', currency: 'USD' }] }
  const { missing_exchange_rates } = await failedTests(shop)
  expect(missing_exchange_rates!.map(({ failures }) => failures)).toEqual([2])
})
