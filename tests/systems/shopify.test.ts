import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltExtract, buildExtract, type ExtractFiles, extractOf, inAnotherOrder } from './extract.ts'

const { folder, isThere } = extractOf('shopify')

const files: ExtractFiles = Object.fromEntries(
  [
    'customer',
    'discount_allocation',
    'location',
    'order',
    'order_line',
    'order_line_refund',
    'product',
    'refund',
    'transaction',
  ].map(table => [table, `shopify_${table}_data.csv`]),
)
const settings = { without: ['order_adjustment', 'order_shipping_line', 'order_shipping_tax_line'] }
const models = ['orders', 'order_items', 'missing_exchange_rates', 'events', 'identity_map', 'conversions']
const definitions = {
  reporting: { currency: 'GBP', timezone: 'Europe/London' },
  events: { shopify: { order_created: 'order_placed' } },
}

describe.skipIf(!isThere)(`a shop on Shopify${isThere ? '' : `, skipped: there is no ${folder}`}`, () => {
  let built: BuiltExtract

  beforeAll(async () => {
    built = await buildExtract({ system: 'shopify', files, settings, definitions, models })
  }, 60_000)
  afterAll(() => built?.close())

  test('all rows of all its tables can be read', () => {
    const landed = Object.fromEntries(Object.entries(built.landed).map(([table, { rowCount }]) => [table, rowCount]))
    expect(landed).toEqual({
      customer: 4,
      discount_allocation: 3,
      location: 2,
      order: 8,
      order_adjustment: 0,
      order_line: 3,
      order_line_refund: 5,
      order_shipping_line: 0,
      order_shipping_tax_line: 0,
      product: 8,
      refund: 5,
      transaction: 5,
    })
    expect(Object.values(built.landed).every(({ quarantinedCount }) => quarantinedCount === 0)).toBe(true)
  })

  test('orders in pounds are worth what was charged; those in dollars have no rate', async () => {
    const orders = await built.rows(`
      select system_order_id, ordered_at, ordered_date, status, place, ${money('original_gross_revenue')}, original_currency, ${money('revenue')}
      from orders.orders order by ordered_at`)
    const placed = { status: 'placed', place: 'web' }
    expect(orders).toEqual([
      {
        ...placed,
        system_order_id: '2669509541985',
        ordered_at: '2020-09-09 22:57:50',
        ordered_date: '2020-09-09',
        original_gross_revenue: '5.39',
        original_currency: 'GBP',
        revenue: '5.39',
      },
      {
        ...placed,
        system_order_id: '2669516488801',
        ordered_at: '2020-09-09 23:01:53',
        ordered_date: '2020-09-10',
        original_gross_revenue: '3.79',
        original_currency: 'GBP',
        revenue: '3.79',
      },
      {
        ...placed,
        place: 'app',
        system_order_id: '2674098602081',
        ordered_at: '2020-09-11 19:35:42',
        ordered_date: '2020-09-11',
        original_gross_revenue: '2.80',
        original_currency: 'GBP',
        revenue: '2.80',
      },
      ...[
        ['1000001', '2025-05-01 08:00:00', '100.01'],
        ['1000002', '2025-05-02 09:00:00', '100.02'],
        ['1000003', '2025-05-03 10:15:00', '50.00'],
        ['1000004', '2025-05-04 11:30:00', '205.00'],
        ['1000005', '2025-05-05 14:00:00', '160.00'],
      ].map(([system_order_id, ordered_at, original_gross_revenue]) => ({
        ...placed,
        system_order_id,
        ordered_at,
        ordered_date: ordered_at!.slice(0, 10),
        original_gross_revenue,
        original_currency: 'USD',
        revenue: null,
      })),
    ])
  })

  test('the rates that are missing are told, for events and for orders', async () => {
    expect(await built.rows('missing_exchange_rates')).toEqual(
      ['event', 'order'].flatMap(amount_kind =>
        ['01', '02', '03', '04', '05'].map(day => ({
          amount_kind,
          currency: 'USD',
          rate_date: `2025-05-${day}`,
          amount_count: 1,
        })),
      ),
    )
  })

  test('shipping is what the total is above the lines, where nothing else tells it', async () => {
    const shipping = await built.rows('shopify_orders')
    expect(Object.fromEntries(shipping.map(row => [row.system_order_id, Number(row.shipping_amount)]))).toEqual({
      '2669509541985': 0.99,
      '2669516488801': 0.99,
      '2674098602081': 0,
      '1000001': 0.01,
      '1000002': 20.02,
      '1000003': 0,
      '1000004': 5,
      '1000005': 10,
    })
  })

  test('a line has its product and the kind of it', async () => {
    expect(
      await built.rows(`select category, quantity, ${money('revenue')} from orders.order_items order by revenue`),
    ).toEqual([
      { category: 'fdb42fcb90ecd31c015932ffcd313014', quantity: 1, revenue: '2.80' },
      { category: 'ec3bb3dd6e9d1f348a040ee7b45f1a72', quantity: 1, revenue: '4.40' },
      { category: 'fdb42fcb90ecd31c015932ffcd313014', quantity: 2, revenue: '5.60' },
    ])
  })

  test('orders and customers are events, none of them an action; refunds of orders that are not loaded are none', async () => {
    expect(
      await built.rows(`
        select raw_event_name, platform, is_customer_action, count(*) as count, ${money('revenue', 'sum(revenue)')}
        from events.events group by all order by all`),
    ).toEqual([
      { raw_event_name: 'customer_created', platform: 'crm', is_customer_action: false, count: 4, revenue: null },
      { raw_event_name: 'order_created', platform: 'app', is_customer_action: false, count: 1, revenue: '2.80' },
      { raw_event_name: 'order_created', platform: 'web', is_customer_action: false, count: 7, revenue: '9.18' },
    ])
  })

  test('each order is a conversion of its customer', async () => {
    const conversions = await built.rows(`
      select i.identifier_value as customer, c.session_id, count(*) as orders, ${money('revenue', 'sum(c.revenue)')}
      from journeys.conversions as c
      left join profiles.identity_map as m on m.person_id = c.person_id
      left join profiles.identifiers as i on i.identifier_id = m.identifier_id
      where i.identifier_kind = 'user_id' and c.revenue > 0
      group by all order by all`)
    expect(conversions).toEqual([
      { customer: '3584045351009', session_id: null, orders: 2, revenue: '9.18' },
      { customer: '3589760876641', session_id: null, orders: 1, revenue: '2.80' },
    ])
  })

  test('rows in another order, and twice, change nothing', async () => {
    const again = await buildExtract({ system: 'shopify', files: inAnotherOrder(files), settings, definitions, models })
    try {
      for (const model of [...models, 'stg_shopify__order'])
        expect(await again.rows(model), model).toEqual(await built.rows(model))
    } finally {
      await again.close()
    }
  })
})

/** Money with its cents, as `name`. */
function money(name: string, value = name): string {
  return `cast(${value} as decimal(18, 2)) as ${name}`
}
