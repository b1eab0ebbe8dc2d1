import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { orders } from '../../models/orders/orders'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify } from '../../sources/shopify'

export const tax_may_be_no_revenue = unitTest({
  description:
    'Tax is taken off what was charged and off what was given back: 119 less 19, and 59.50 less 9.50. Shipping stays, without its tax.',
  model: orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' }), defined(reporting, { revenue: { tax: 'excluded' } })],
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
      gross_revenue: '100',
      refunded_amount: '50',
      revenue: '50',
      currency: 'EUR',
      original_gross_revenue: '100',
      original_refunded_amount: '50',
      original_currency: 'EUR',
      shop_order_count: 1,
    },
  ],
})
