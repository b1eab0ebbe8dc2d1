import { defined, given, unitTest } from 'throughline'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { stg_shopify__order_shipping_line } from '../../models/staging/stg_shopify__order_shipping_line'
import { stg_shopify__order_shipping_tax_line } from '../../models/staging/stg_shopify__order_shipping_tax_line'
import { shopify } from '../../sources/shopify'

const order = {
  place: 'web',
  is_test: false,
  currency: 'EUR',
  has_taxes_in_prices: true,
  subtotal: '100',
  tax: '0',
  tips: '0',
}
const told = {
  system: 'shopify',
  place: 'web',
  currency: 'EUR',
  is_test: false,
  is_cancelled: false,
  tax_amount: 0,
  shipping_tax_amount: 0,
  refunded_amount: 0,
  refunded_tax_amount: 0,
  refunded_shipping_amount: 0,
  refunded_shipping_tax_amount: 0,
}

export const shipping_is_what_the_total_has_room_for = unitTest({
  description:
    'Shipping is that of the shipping lines, with their taxes; else that which the order lists, but for what a code took off it: never more than the total has besides its lines, tips and tax. Where nothing says it, it is all of that. Without shipping lines no tax on it is known.',
  model: shopify_orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__order, [
      { ...order, shop_order_id: 'listed', total: '104.90', listed_shipping: '4.90' },
      { ...order, shop_order_id: 'free by code', total: '100', listed_shipping: '4.90' },
      { ...order, shop_order_id: 'not told', total: '104.90' },
      { ...order, shop_order_id: 'with a tip', total: '110', tips: '10' },
      { ...order, shop_order_id: 'with duties', total: '120', listed_shipping: '5' },
      { ...order, shop_order_id: 'subtotal not told', total: '105', subtotal: null, listed_shipping: '5' },
      { ...order, shop_order_id: 'lines', total: '105.95', tax: '16.92', listed_shipping: '9' },
      {
        ...order,
        shop_order_id: 'net, listed',
        total: '124.83',
        tax: '19.93',
        listed_shipping: '4.90',
        has_taxes_in_prices: false,
      },
      { ...order, shop_order_id: 'net, lines', total: '124.83', tax: '19.93', has_taxes_in_prices: false },
    ]),
    given(stg_shopify__order_shipping_line, [
      { shipping_line_id: '1', shop_order_id: 'lines', price: '3.95' },
      { shipping_line_id: '2', shop_order_id: 'lines', price: '2' },
      { shipping_line_id: '3', shop_order_id: 'net, lines', price: '4.90' },
    ]),
    given(stg_shopify__order_shipping_tax_line, [
      { shipping_line_id: '1', tax_number: 1, tax: '0.60' },
      { shipping_line_id: '1', tax_number: 2, tax: '0.03' },
      { shipping_line_id: '2', tax_number: 1, tax: '0.32' },
      { shipping_line_id: '3', tax_number: 1, tax: '0.93' },
    ]),
  ],
  expect: [
    { ...told, system_order_id: 'listed', gross_amount: '104.90', shipping_amount: '4.90' },
    { ...told, system_order_id: 'free by code', gross_amount: 100, shipping_amount: 0 },
    { ...told, system_order_id: 'not told', gross_amount: '104.90', shipping_amount: '4.90' },
    { ...told, system_order_id: 'with a tip', gross_amount: 110, shipping_amount: 0 },
    { ...told, system_order_id: 'with duties', gross_amount: 120, shipping_amount: 5 },
    { ...told, system_order_id: 'subtotal not told', gross_amount: 105, shipping_amount: 5 },
    {
      ...told,
      system_order_id: 'lines',
      gross_amount: '105.95',
      tax_amount: '16.92',
      shipping_amount: '5.95',
      shipping_tax_amount: '0.95',
    },
    {
      ...told,
      system_order_id: 'net, listed',
      gross_amount: '124.83',
      tax_amount: '19.93',
      shipping_amount: '4.90',
    },
    {
      ...told,
      system_order_id: 'net, lines',
      gross_amount: '124.83',
      tax_amount: '19.93',
      shipping_amount: '5.83',
      shipping_tax_amount: '0.93',
    },
  ],
})
