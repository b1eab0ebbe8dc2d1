import { defined, given, unitTest } from 'throughline'
import { shopify_order_items } from '../../models/orders/shopify_order_items'
import { shopify_refunds } from '../../models/orders/shopify_refunds'
import { stg_shopify__discount_allocation } from '../../models/staging/stg_shopify__discount_allocation'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { stg_shopify__order_line } from '../../models/staging/stg_shopify__order_line'
import { stg_shopify__order_line_refund } from '../../models/staging/stg_shopify__order_line_refund'
import { stg_shopify__product } from '../../models/staging/stg_shopify__product'
import { shopify } from '../../sources/shopify'

const line = { shop_order_id: 'o', price: '10', quantity: 3, own_discount: '1' }
const told = { order_id: '1001', system: 'shopify', system_order_id: 'o', quantity: 3, currency: 'EUR' }

export const a_line_has_its_part_of_all_discounts = unitTest({
  description:
    "A line is its price times how many, less its parts of all discounts, 1 and 4.50; where none are told, less its own. Lines are numbered in Shopify's order, those without a place last. A product has its title as it was when ordered, else as it is now.",
  model: shopify_order_items,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__order, [{ shop_order_id: 'o', order_id: '1001', currency: 'EUR' }]),
    given(stg_shopify__order_line, [
      { ...line, order_line_id: 'a', place_in_order: null, product_id: null, title: null },
      { ...line, order_line_id: 'b', place_in_order: 2, product_id: 'lamp', title: 'Lamp' },
      { ...line, order_line_id: 'c', place_in_order: 1, product_id: 'lamp', title: null },
      { ...line, order_line_id: 'd', place_in_order: 1, shop_order_id: 'deleted' },
    ]),
    given(stg_shopify__discount_allocation, [
      { order_line_id: 'b', discount_number: 1, amount: '1' },
      { order_line_id: 'b', discount_number: 2, amount: '4.50' },
    ]),
    given(shopify_refunds, [{ refund_id: 'r', shop_order_id: 'o' }]),
    given(stg_shopify__order_line_refund, [
      { line_refund_id: '1', refund_id: 'r', order_line_id: 'b', quantity: 1, subtotal: '8.17' },
      { line_refund_id: '2', refund_id: 'r', order_line_id: 'b', quantity: 1, subtotal: '8.16' },
    ]),
    given(stg_shopify__product, [{ product_id: 'lamp', title: 'Lamp, new', product_type: 'Lamps' }]),
  ],
  expect: [
    {
      ...told,
      line_number: 1,
      product_id: 'lamp',
      product: 'Lamp, new',
      category: 'Lamps',
      gross_amount: 29,
      refunded_quantity: 0,
      refunded_amount: 0,
    },
    {
      ...told,
      line_number: 2,
      product_id: 'lamp',
      product: 'Lamp',
      category: 'Lamps',
      gross_amount: '24.50',
      refunded_quantity: 2,
      refunded_amount: '16.33',
    },
    { ...told, line_number: 3, product: '(none)', gross_amount: 29, refunded_quantity: 0, refunded_amount: 0 },
  ],
})
