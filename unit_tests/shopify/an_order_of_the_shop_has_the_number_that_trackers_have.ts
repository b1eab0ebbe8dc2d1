import { defined, givenRaw, unitTest } from 'throughline'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { shopify } from '../../sources/shopify'

const order = {
  name: '#1001',
  order_number: 1001,
  created_at: '2026-03-01 10:00:00',
  currency: 'eur',
  total_price: '10',
  _fivetran_synced: '2026-03-02 00:00:00',
}
const told = {
  shop_order_id: '7',
  order_id: '1001',
  ordered_at: '2026-03-01 10:00:00',
  place: 'web',
  is_test: false,
  currency: 'EUR',
  has_taxes_in_prices: false,
  total: 10,
  tax: 0,
  tips: 0,
  loaded_at: '2026-03-02 00:00:00',
}

export const an_order_of_the_shop_has_the_number_that_trackers_have = unitTest({
  description:
    'An order has its name without the # before it, its id where it has no name, and is placed when it was processed, where that is told. A till is the store, an app is itself, nothing told is the web. Shipping is read from JSON, and is not known where that is none. Where no telephone was given for the order, that of the bill is its own. The newest version counts, and what is deleted is gone.',
  model: stg_shopify__order,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    givenRaw(shopify.tables.order, [
      { ...order, id: 7 },
      {
        ...order,
        id: 8,
        name: ' ',
        processed_at: '2026-02-01 10:00:00',
        source_name: 'pos',
        location_id: 20,
        phone: ' ',
        billing_address_phone: '030 1234',
      },
      {
        ...order,
        id: 9,
        name: 'DE1003#',
        source_name: 'shopify_draft_order',
        test: true,
        taxes_included: true,
        phone: '0171 9',
        billing_address_phone: '030 1234',
      },
      {
        ...order,
        id: 10,
        total_shipping_price_set: '{"shop_money":{"amount":"4.90","currency_code":"EUR"}}',
        email: ' ',
        customer_id: 99,
      },
      { ...order, id: 11, total_shipping_price_set: 'nan', source_name: 'web' },
      { ...order, id: 12, total_price: '11', _fivetran_synced: '2026-03-03 00:00:00' },
      { ...order, id: 12, total_price: '12' },
      { ...order, id: 13 },
      { ...order, id: 13, _fivetran_deleted: true, _fivetran_synced: '2026-03-03 00:00:00' },
    ]),
  ],
  expect: [
    told,
    {
      ...told,
      shop_order_id: '8',
      order_id: '8',
      ordered_at: '2026-02-01 10:00:00',
      place: 'store',
      location_id: '20',
      phone: '030 1234',
    },
    {
      ...told,
      shop_order_id: '9',
      order_id: 'DE1003#',
      place: 'shopify_draft_order',
      is_test: true,
      has_taxes_in_prices: true,
      phone: '0171 9',
    },
    { ...told, shop_order_id: '10', listed_shipping: '4.90', customer_id: '99' },
    { ...told, shop_order_id: '11' },
    { ...told, shop_order_id: '12', total: 11, loaded_at: '2026-03-03 00:00:00' },
  ],
})
