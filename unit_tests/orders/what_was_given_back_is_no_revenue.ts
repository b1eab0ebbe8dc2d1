import { defined, given, unitTest } from 'throughline'
import { orders } from '../../models/orders/orders'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify } from '../../sources/shopify'

const order = {
  system: 'shopify',
  currency: 'EUR',
  gross_amount: '100',
  refunded_amount: '0',
  is_cancelled: false,
  is_test: false,
}
const counted = { original_gross_revenue: 100, original_refunded_amount: 0, gross_revenue: 100, refunded_amount: 0 }
const told = { system: 'shopify', currency: 'EUR', original_currency: 'EUR', is_test: false, shop_order_count: 1 }

export const what_was_given_back_is_no_revenue = unitTest({
  description:
    'Revenue is what was charged less what was given back, and nothing of an order that was called off, whether its money went back or not. An order that was free is placed, not refunded. A test is told like any other order, and marked.',
  model: orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(shopify_orders, [
      { ...order, order_id: 'KEPT' },
      { ...order, order_id: 'PARTLY BACK', refunded_amount: '30.05' },
      { ...order, order_id: 'ALL BACK', refunded_amount: '100' },
      { ...order, order_id: 'CALLED OFF', is_cancelled: true },
      { ...order, order_id: 'CALLED OFF AND PARTLY BACK', is_cancelled: true, refunded_amount: '40' },
      { ...order, order_id: 'FREE', gross_amount: '0' },
      { ...order, order_id: 'A TRY', is_test: true },
    ]),
  ],
  expect: [
    { ...told, ...counted, order_id: 'KEPT', status: 'placed', revenue: 100 },
    {
      ...told,
      ...counted,
      order_id: 'PARTLY BACK',
      status: 'partially_refunded',
      refunded_amount: '30.05',
      original_refunded_amount: '30.05',
      revenue: '69.95',
    },
    {
      ...told,
      ...counted,
      order_id: 'ALL BACK',
      status: 'refunded',
      refunded_amount: 100,
      original_refunded_amount: 100,
      revenue: 0,
    },
    { ...told, ...counted, order_id: 'CALLED OFF', status: 'cancelled', revenue: 0 },
    {
      ...told,
      ...counted,
      order_id: 'CALLED OFF AND PARTLY BACK',
      status: 'cancelled',
      refunded_amount: 40,
      original_refunded_amount: 40,
      revenue: 0,
    },
    {
      ...told,
      ...counted,
      order_id: 'FREE',
      status: 'placed',
      gross_revenue: 0,
      original_gross_revenue: 0,
      revenue: 0,
    },
    { ...told, ...counted, order_id: 'A TRY', status: 'placed', revenue: 100, is_test: true },
  ],
})
