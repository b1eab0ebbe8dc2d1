import { defined, given, unitTest } from 'throughline'
import { orders } from '../../models/orders/orders'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify } from '../../sources/shopify'

const order = { order_id: '1001', currency: 'EUR', gross_amount: '10', refunded_amount: '0', is_cancelled: false }

export const of_orders_with_one_number_one_counts = unitTest({
  description:
    'Of orders with one number, however it is written, that of the shop first by name counts, and of several of that shop the one that came in last, then that of the greatest hash; how many there are is told. An order without a number is known by its id.',
  model: orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(shopify_orders, [
      { ...order, system: 'shopify', system_order_id: 'a', loaded_at: '2026-03-01 10:00:00', row_id: 'z' },
      { ...order, system: 'shopify', system_order_id: 'b', loaded_at: '2026-03-01 11:00:00', row_id: 'x' },
      { ...order, system: 'shopify', system_order_id: 'c', loaded_at: '2026-03-01 11:00:00', row_id: 'y' },
      { ...order, system: 'shopify', system_order_id: 'd', loaded_at: null, row_id: 'z' },
      {
        ...order,
        order_id: ' #1001',
        system: 'till',
        system_order_id: 'e',
        loaded_at: '2026-03-01 12:00:00',
        row_id: 'z',
      },
      { ...order, order_id: '1002', system: 'till', system_order_id: 'f', row_id: 'z' },
      { ...order, order_id: '#', system: 'till', system_order_id: 'g', row_id: 'z' },
    ]),
  ],
  expect: [
    { order_id: '1001', system: 'shopify', system_order_id: 'c', shop_order_count: 5 },
    { order_id: '1002', system: 'till', system_order_id: 'f', shop_order_count: 1 },
    { order_id: 'g', system: 'till', system_order_id: 'g', shop_order_count: 1 },
  ].map(found => ({
    ...found,
    status: 'placed',
    gross_revenue: 10,
    refunded_amount: 0,
    revenue: 10,
    currency: 'EUR',
    original_gross_revenue: 10,
    original_refunded_amount: 0,
    original_currency: 'EUR',
  })),
})
