import { defined, given, unitTest } from 'throughline'
import { shopify_orders } from '../../models/orders/shopify_orders'
import { shopify_refunds } from '../../models/orders/shopify_refunds'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { stg_shopify__order_shipping_line } from '../../models/staging/stg_shopify__order_shipping_line'
import { stg_shopify__order_shipping_tax_line } from '../../models/staging/stg_shopify__order_shipping_tax_line'
import { shopify } from '../../sources/shopify'

const gross = { subtotal: '100', total: '105.95', tax: '16.92', tips: '0', has_taxes_in_prices: true }
const net = { subtotal: '100', total: '124.95', tax: '19.95', tips: '0', has_taxes_in_prices: false }
const refund = {
  refunded_tax_amount: '0',
  refunded_shipping_amount: '0',
  refunded_shipping_tax_amount: '0',
  untold_amount: '0',
}
const shippingOf = (shop_order_id: string) => ({ shipping_line_id: `shipping of ${shop_order_id}`, shop_order_id })
const taxedGross = ['all', 'shipping alone', 'a part', 'more', 'told', 'told in part', 'lines alone']

export const shipping_goes_back_with_what_no_line_tells = unitTest({
  description:
    'What a refund paid back beyond lines and adjustments is shipping, up to that of the order (5.95 with 0.95 of tax) less what adjustments tell of it; 3.00 of it have 0.48 of the tax. Of an order that was all given back it is all of the shipping and all of the tax, that on shipping included, though nothing tells how much it was.',
  model: shopify_orders,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__order, [
      ...taxedGross.map(shop_order_id => ({ ...gross, shop_order_id })),
      { ...gross, shop_order_id: 'all, without shipping lines', listed_shipping: '5.95' },
      { ...gross, shop_order_id: 'without shipping', total: '100', tax: '15.97' },
      { ...net, shop_order_id: 'net, shipping alone' },
    ]),
    given(stg_shopify__order_shipping_line, [
      ...taxedGross.map(id => ({ ...shippingOf(id), price: '5.95' })),
      { ...shippingOf('net, shipping alone'), price: '5' },
    ]),
    given(
      stg_shopify__order_shipping_tax_line,
      [...taxedGross, 'net, shipping alone'].map(id => ({
        shipping_line_id: shippingOf(id).shipping_line_id,
        tax_number: 1,
        tax: '0.95',
      })),
    ),
    given(shopify_refunds, [
      {
        ...refund,
        shop_order_id: 'all',
        refunded_amount: '105.95',
        refunded_tax_amount: '15.97',
        untold_amount: '5.95',
      },
      { ...refund, shop_order_id: 'shipping alone', refunded_amount: '5.95', untold_amount: '5.95' },
      { ...refund, shop_order_id: 'a part', refunded_amount: '53', refunded_tax_amount: '7.98', untold_amount: '3' },
      { ...refund, shop_order_id: 'more', refunded_amount: '60', refunded_tax_amount: '7.98', untold_amount: '10' },
      {
        ...refund,
        shop_order_id: 'told',
        refunded_amount: '57.95',
        refunded_tax_amount: '8.93',
        refunded_shipping_amount: '5.95',
        refunded_shipping_tax_amount: '0.95',
        untold_amount: '2',
      },
      {
        ...refund,
        shop_order_id: 'told in part',
        refunded_amount: '4',
        refunded_tax_amount: '0.64',
        refunded_shipping_amount: '4',
        refunded_shipping_tax_amount: '0.64',
      },
      { ...refund, shop_order_id: 'told in part', refunded_amount: '3', untold_amount: '3' },
      { ...refund, shop_order_id: 'lines alone', refunded_amount: '50', refunded_tax_amount: '7.98' },
      {
        ...refund,
        shop_order_id: 'all, without shipping lines',
        refunded_amount: '105.95',
        refunded_tax_amount: '15.97',
        untold_amount: '5.95',
      },
      { ...refund, shop_order_id: 'without shipping', refunded_amount: '10', untold_amount: '10' },
      { ...refund, shop_order_id: 'net, shipping alone', refunded_amount: '5.95', untold_amount: '5.95' },
    ]),
  ],
  expect: [
    back('all', '105.95', '16.92', '5.95', '0.95'),
    back('shipping alone', '5.95', '0.95', '5.95', '0.95'),
    back('a part', '53', '8.46', '3', '0.48'),
    back('more', '60', '8.93', '5.95', '0.95'),
    back('told', '57.95', '8.93', '5.95', '0.95'),
    back('told in part', '7', '0.95', '5.95', '0.95'),
    back('lines alone', '50', '7.98', '0', '0'),
    back('all, without shipping lines', '105.95', '16.92', '5.95', '0'),
    back('without shipping', '10', '0', '0', '0'),
    back('net, shipping alone', '5.95', '0.95', '5.95', '0.95'),
  ],
})

function back(system_order_id: string, amount: string, tax: string, shipping: string, shippingTax: string) {
  return {
    system_order_id,
    refunded_amount: amount,
    refunded_tax_amount: tax,
    refunded_shipping_amount: shipping,
    refunded_shipping_tax_amount: shippingTax,
  }
}
