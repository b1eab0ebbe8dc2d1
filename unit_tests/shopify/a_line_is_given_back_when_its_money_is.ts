import { defined, given, unitTest } from 'throughline'
import { shopify_order_items } from '../../models/orders/shopify_order_items'
import { shopify_refunds } from '../../models/orders/shopify_refunds'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { stg_shopify__order_line } from '../../models/staging/stg_shopify__order_line'
import { stg_shopify__order_line_refund } from '../../models/staging/stg_shopify__order_line_refund'
import { shopify } from '../../sources/shopify'

const line = { shop_order_id: 'o', title: 'Lamp', price: '10', quantity: 2, own_discount: '0' }
const told = { order_id: '1001', line_number: 1, gross_amount: 20 }

export const a_line_is_given_back_when_its_money_is = unitTest({
  description:
    'A line is given back where the refund is one of those by which money came back; a refund whose payment failed takes nothing off it, as it takes nothing off the order. What cost nothing is returned without a payment.',
  model: shopify_order_items,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__order, [{ shop_order_id: 'o', order_id: '1001', currency: 'EUR' }]),
    given(stg_shopify__order_line, [
      { ...line, order_line_id: 'lamp', place_in_order: 1 },
      { ...line, order_line_id: 'gift', place_in_order: 2, price: '0' },
    ]),
    given(shopify_refunds, [{ refund_id: 'paid', shop_order_id: 'o', refunded_amount: '10' }]),
    given(stg_shopify__order_line_refund, [
      { line_refund_id: '1', refund_id: 'paid', order_line_id: 'lamp', quantity: 1, subtotal: '10' },
      { line_refund_id: '2', refund_id: 'failed', order_line_id: 'lamp', quantity: 1, subtotal: '10' },
      { line_refund_id: '3', refund_id: 'of nothing', order_line_id: 'gift', quantity: 1, subtotal: '0' },
    ]),
  ],
  expect: [
    { ...told, refunded_quantity: 1, refunded_amount: 10 },
    { ...told, line_number: 2, gross_amount: 0, refunded_quantity: 1, refunded_amount: 0 },
  ],
})
