import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { orders } from '../../models/orders/orders'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify } from '../../sources/shopify'

export const shipping_may_be_no_revenue = unitTest({
  description: 'Shipping is taken off with the tax on it, on both sides: 119 less 5.95, and 59.50 less 5.95.',
  model: orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' }), defined(reporting, { revenue: { shipping: 'excluded' } })],
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
      gross_revenue: '113.05',
      refunded_amount: '53.55',
      revenue: '59.50',
      currency: 'EUR',
      original_gross_revenue: '113.05',
      original_refunded_amount: '53.55',
      original_currency: 'EUR',
      shop_order_count: 1,
    },
  ],
})
