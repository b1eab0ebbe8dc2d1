import { defined, given, unitTest } from 'throughline'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify_refunds } from '../../models/orders/shopify_refunds'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { shopify } from '../../sources/shopify'

const order = { subtotal: '100', total: '105', tax: '0', tips: '0', listed_shipping: '5', has_taxes_in_prices: true }
const refund = { refunded_tax_amount: '0', refunded_shipping_amount: '0', refunded_shipping_tax_amount: '0' }

export const without_lines_of_refunds_shipping_goes_back_last = unitTest({
  description:
    'Where the lines of refunds are not loaded, nothing tells what money was paid back for: of 105, 5 of them shipping, 100 may all be for goods, and of 103 no more than 100 can be.',
  model: shopify_orders,
  definitions: [defined(shopify, { schema: 'raw_shopify', without: ['order_line_refund'] })],
  given: [
    given(stg_shopify__order, [
      { ...order, shop_order_id: 'the goods' },
      { ...order, shop_order_id: 'nearly all' },
      { ...order, shop_order_id: 'all' },
    ]),
    given(shopify_refunds, [
      { ...refund, shop_order_id: 'the goods', refunded_amount: '100', untold_amount: '100' },
      { ...refund, shop_order_id: 'nearly all', refunded_amount: '103', untold_amount: '103' },
      { ...refund, shop_order_id: 'all', refunded_amount: '105', untold_amount: '105' },
    ]),
  ],
  expect: [
    { system_order_id: 'the goods', refunded_amount: 100, refunded_shipping_amount: 0 },
    { system_order_id: 'nearly all', refunded_amount: 103, refunded_shipping_amount: 3 },
    { system_order_id: 'all', refunded_amount: 105, refunded_shipping_amount: 5 },
  ],
})
