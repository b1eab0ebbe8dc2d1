import { defined, given, unitTest } from 'throughline'
import { orders } from '../../models/orders/orders'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify } from '../../sources/shopify'

export const tax_and_shipping_are_revenue_by_default = unitTest({
  description: 'All that was charged is revenue, tax and shipping included, unless the config says otherwise.',
  model: orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(shopify_orders, [
      {
        order_id: '1001',
        currency: 'EUR',
        gross_amount: '119',
        tax_amount: '19',
        shipping_amount: '5.95',
        shipping_tax_amount: '0.95',
        refunded_amount: '59.50',
        refunded_tax_amount: '9.50',
        refunded_shipping_amount: '5.95',
        refunded_shipping_tax_amount: '0.95',
        is_cancelled: false,
      },
    ]),
  ],
  expect: [
    {
      order_id: '1001',
      status: 'partially_refunded',
      gross_revenue: '119',
      refunded_amount: '59.50',
      revenue: '59.50',
      currency: 'EUR',
      original_gross_revenue: '119',
      original_refunded_amount: '59.50',
      original_currency: 'EUR',
      shop_order_count: 1,
    },
  ],
})
