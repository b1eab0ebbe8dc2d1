import { defined, given, unitTest } from 'throughline'
import { order_items } from '../../models/orders/order_items'
import { orders } from '../../models/orders/orders'
import { shopify_order_items } from '../../models/orders/shopify_order_items'
import { exchange_rates } from '../../seeds/exchange_rates'
import { shopify } from '../../sources/shopify'

const line = {
  system: 'shopify',
  quantity: 3,
  gross_amount: '29.99',
  refunded_quantity: 1,
  refunded_amount: '10',
  currency: 'CHF',
}
const told = {
  ordered_date: '2026-03-29',
  quantity: 3,
  refunded_quantity: 1,
  currency: 'EUR',
  original_gross_revenue: '29.99',
  original_refunded_amount: 10,
  original_currency: 'CHF',
}

export const lines_are_those_of_the_order_that_counts = unitTest({
  description:
    "A line is worth the rate of its order's day, rounded by itself: 29.99 CHF at 1.05 are 31.4895, so 31.49 EUR. Of an order that was called off it is worth nothing; of one whose number another order has, it is left out.",
  model: order_items,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(exchange_rates, [{ currency: 'CHF', rate_date: '2026-03-29', rate: '1.05' }]),
    given(orders, [
      { order_id: '1', system: 'shopify', system_order_id: 'a', status: 'placed', ordered_date: '2026-03-29' },
      { order_id: '2', system: 'shopify', system_order_id: 'b', status: 'cancelled', ordered_date: '2026-03-29' },
      { order_id: '3', system: 'shopify', system_order_id: 'c', status: 'placed', ordered_date: '2026-03-30' },
    ]),
    given(shopify_order_items, [
      { ...line, order_id: '1', system_order_id: 'a', line_number: 1, product: 'Lamp' },
      { ...line, order_id: '1', system_order_id: 'namesake', line_number: 1, product: 'Other' },
      { ...line, order_id: '#2', system_order_id: 'b', line_number: 1, product: 'Lamp' },
      { ...line, order_id: '3', system_order_id: 'c', line_number: 1, product: 'Lamp' },
    ]),
  ],
  expect: [
    {
      ...told,
      order_id: '1',
      line_number: 1,
      product: 'Lamp',
      gross_revenue: '31.49',
      refunded_amount: '10.50',
      revenue: '20.99',
    },
    {
      ...told,
      order_id: '2',
      line_number: 1,
      product: 'Lamp',
      gross_revenue: '31.49',
      refunded_amount: '10.50',
      revenue: 0,
    },
    { ...told, order_id: '3', line_number: 1, product: 'Lamp', ordered_date: '2026-03-30' },
  ],
})
