import { defined, given, unitTest } from 'throughline'
import { shopify_moments } from '../../models/events/shopify_moments'
import { shopify_refunds } from '../../models/orders/shopify_refunds'
import { stg_shopify__customer } from '../../models/staging/stg_shopify__customer'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { shopify } from '../../sources/shopify'

const order = { is_test: false, currency: 'EUR', total: '119', row_id: 'hash of order' }
const placed = { raw_event_name: 'order_created', amount: 119, currency: 'EUR', is_at_till: false, is_test: false }

export const what_happens_in_the_shop_is_told = unitTest({
  description:
    'An order is created, refunded, each time anew, and called off; a customer is entered. What was charged at first, and what was given back, are amounts above 0; to call off has none. All of an order is of who placed it.',
  model: shopify_moments,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__order, [
      {
        ...order,
        shop_order_id: '1',
        order_id: '1001',
        place: 'web',
        ordered_at: '2026-03-01 10:00:00',
        customer_id: '5',
        email: 'ada@acme.example',
      },
      {
        ...order,
        shop_order_id: '2',
        order_id: '1002',
        place: 'store',
        ordered_at: '2026-03-01 11:00:00',
        cancelled_at: '2026-03-01 12:00:00',
        is_test: true,
      },
    ]),
    given(shopify_refunds, [
      { refund_id: '8', shop_order_id: '1', refunded_at: '2026-03-02 10:00:00', refunded_amount: '20', row_id: 'r' },
      { refund_id: '9', shop_order_id: '1', refunded_at: '2026-03-03 10:00:00', refunded_amount: '5', row_id: 'r' },
    ]),
    given(stg_shopify__customer, [
      { customer_id: '5', created_at: '2026-02-01 10:00:00', row_id: 'c', phone: '+491701234567' },
    ]),
  ],
  expect: [
    {
      ...placed,
      moment_id: 'order_created:1',
      row_id: 'hash of order',
      occurred_at: '2026-03-01 10:00:00',
      place: 'web',
      order_id: '1001',
      customer_id: '5',
      email: 'ada@acme.example',
    },
    {
      ...placed,
      moment_id: 'order_created:2',
      row_id: 'hash of order',
      occurred_at: '2026-03-01 11:00:00',
      place: 'store',
      is_at_till: true,
      is_test: true,
      order_id: '1002',
    },
    {
      moment_id: 'order_cancelled:2',
      row_id: 'hash of order',
      raw_event_name: 'order_cancelled',
      occurred_at: '2026-03-01 12:00:00',
      place: 'store',
      is_at_till: false,
      is_test: true,
      order_id: '1002',
    },
    ...[
      { moment_id: 'order_refunded:8', occurred_at: '2026-03-02 10:00:00', amount: 20 },
      { moment_id: 'order_refunded:9', occurred_at: '2026-03-03 10:00:00', amount: 5 },
    ].map(refund => ({
      ...placed,
      ...refund,
      row_id: 'r',
      raw_event_name: 'order_refunded',
      place: 'web',
      order_id: '1001',
      customer_id: '5',
      email: 'ada@acme.example',
    })),
    {
      moment_id: 'customer_created:5',
      row_id: 'c',
      raw_event_name: 'customer_created',
      occurred_at: '2026-02-01 10:00:00',
      place: 'crm',
      is_at_till: false,
      is_test: false,
      customer_id: '5',
      phone: '+491701234567',
    },
  ],
})
