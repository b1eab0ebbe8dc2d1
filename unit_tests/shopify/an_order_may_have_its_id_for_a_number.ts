import { defined, givenRaw, unitTest } from 'throughline'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { shopify } from '../../sources/shopify'

const order = {
  name: '#EN1001',
  created_at: '2026-03-01 10:00:00',
  currency: 'EUR',
  total_price: '10',
  _fivetran_synced: '2026-03-02 00:00:00',
}

export const an_order_may_have_its_id_for_a_number = unitTest({
  description: 'The config names the column that is the number of an order: here id.',
  model: stg_shopify__order,
  definitions: [defined(shopify, { schema: 'raw_shopify', order_number: 'id' })],
  given: [
    givenRaw(shopify.tables.order, [
      { ...order, id: 7, order_number: 1001 },
      { ...order, id: 8, order_number: null },
    ]),
  ],
  expect: [
    { shop_order_id: '7', order_id: '7' },
    { shop_order_id: '8', order_id: '8' },
  ].map(found => ({
    ...found,
    ordered_at: '2026-03-01 10:00:00',
    place: 'web',
    is_test: false,
    currency: 'EUR',
    has_taxes_in_prices: false,
    total: 10,
    tax: 0,
    tips: 0,
    loaded_at: '2026-03-02 00:00:00',
  })),
})
