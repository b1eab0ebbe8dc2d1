import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { orders } from '../../models/orders/orders'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify } from '../../sources/shopify'

export const the_tax_on_shipping_is_taken_off_once = unitTest({
  description:
    'The 0.95 of tax on the shipping stand in the tax and in the shipping: without both, 119 - 19 - 5.95 + 0.95 = 95, and 59.50 - 9.50 - 5.95 + 0.95 = 45.',
  model: orders,
  definitions: [
    defined(shopify, { schema: 'raw_shopify' }),
    defined(reporting, { revenue: { tax: 'excluded', shipping: 'excluded' } }),
  ],
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
      gross_revenue: '95',
      refunded_amount: '45',
      revenue: '50',
      currency: 'EUR',
      original_gross_revenue: '95',
      original_refunded_amount: '45',
      original_currency: 'EUR',
      shop_order_count: 1,
    },
  ],
})
