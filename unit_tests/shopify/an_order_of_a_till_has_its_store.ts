import { defined, given, unitTest } from 'throughline'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify_refunds } from '../../models/orders/shopify_refunds'
import { stg_shopify__location } from '../../models/staging/stg_shopify__location'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { shopify } from '../../sources/shopify'

const order = { total: '10', subtotal: '10', tax: '0', tips: '0', has_taxes_in_prices: true, currency: 'EUR' }
const refund = {
  refunded_amount: '1.50',
  refunded_tax_amount: '0.30',
  refunded_shipping_amount: '0.20',
  refunded_shipping_tax_amount: '0.04',
  untold_amount: '0',
}
const told = {
  system: 'shopify',
  currency: 'EUR',
  gross_amount: 10,
  tax_amount: 0,
  shipping_amount: 0,
  shipping_tax_amount: 0,
  refunded_amount: 0,
  refunded_tax_amount: 0,
  refunded_shipping_amount: 0,
  refunded_shipping_tax_amount: 0,
  is_cancelled: false,
  is_test: false,
}

export const an_order_of_a_till_has_its_store = unitTest({
  description:
    'An order at a till has the name of its store; one on the site has none, whatever location packs it. Refunds of an order are summed. What was called off and what is a test says so.',
  model: shopify_orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__location, [{ location_id: 'l', location_name: 'Berlin' }]),
    given(stg_shopify__order, [
      { ...order, shop_order_id: 'till', order_id: '1', place: 'store', location_id: 'l', is_test: false },
      { ...order, shop_order_id: 'site', order_id: '2', place: 'web', location_id: 'l', is_test: true },
      {
        ...order,
        shop_order_id: 'other till',
        order_id: '3',
        place: 'store',
        is_test: false,
        cancelled_at: '2026-03-01 10:00:00',
      },
    ]),
    given(shopify_refunds, [
      { ...refund, refund_id: 'a', shop_order_id: 'till' },
      { ...refund, refund_id: 'b', shop_order_id: 'till' },
    ]),
  ],
  expect: [
    {
      ...told,
      order_id: '1',
      system_order_id: 'till',
      place: 'store',
      store: 'Berlin',
      refunded_amount: 3,
      refunded_tax_amount: '0.60',
      refunded_shipping_amount: '0.40',
      refunded_shipping_tax_amount: '0.08',
    },
    { ...told, order_id: '2', system_order_id: 'site', place: 'web', store: null, is_test: true },
    { ...told, order_id: '3', system_order_id: 'other till', place: 'store', store: null, is_cancelled: true },
  ],
})
