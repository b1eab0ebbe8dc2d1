import { defined, given, unitTest } from 'throughline'
import { shopify_refunds } from '../../models/orders/shopify_refunds'
import { stg_shopify__order } from '../../models/staging/stg_shopify__order'
import { stg_shopify__order_adjustment } from '../../models/staging/stg_shopify__order_adjustment'
import { stg_shopify__order_line_refund } from '../../models/staging/stg_shopify__order_line_refund'
import { stg_shopify__refund } from '../../models/staging/stg_shopify__refund'
import { stg_shopify__transaction } from '../../models/staging/stg_shopify__transaction'
import { shopify } from '../../sources/shopify'

const payment = { shop_order_id: 'gross', transaction_kind: 'refund', status: 'success', currency: 'EUR' }
const nothing = {
  refunded_tax_amount: 0,
  refunded_shipping_amount: 0,
  refunded_shipping_tax_amount: 0,
  untold_amount: 0,
}

export const a_refund_is_what_was_paid_back = unitTest({
  description:
    'What was paid back with success is given back, whatever the lines come to. Without a payment, or paid in another currency, it is what the lines come to, with their tax where prices do not have it in them, less what adjustments add to the order: 5 of shipping with 0.95 of tax are 5.95, and 40 kept of 100 leave 60. What was paid back beyond lines and adjustments is untold by them: all 12.50 where there are none, 6 of 26 beside a line of 20, of a refund with an adjustment that tells the rest nothing. A refund by which nothing came back is none.',
  model: shopify_refunds,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__order, [
      { shop_order_id: 'gross', currency: 'EUR', has_taxes_in_prices: true },
      { shop_order_id: 'net', currency: 'EUR', has_taxes_in_prices: false },
    ]),
    given(stg_shopify__refund, [
      { refund_id: 'paid', shop_order_id: 'gross' },
      { refund_id: 'paid in two', shop_order_id: 'gross' },
      { refund_id: 'more than the lines', shop_order_id: 'gross' },
      { refund_id: 'more, and told', shop_order_id: 'gross' },
      { refund_id: 'by lines', shop_order_id: 'gross' },
      { refund_id: 'by lines without tax', shop_order_id: 'net' },
      { refund_id: 'shipping', shop_order_id: 'gross' },
      { refund_id: 'less than the lines', shop_order_id: 'gross' },
      { refund_id: 'paid in dollars', shop_order_id: 'gross' },
      { refund_id: 'pending', shop_order_id: 'gross' },
      { refund_id: 'only a note', shop_order_id: 'gross' },
      { refund_id: 'of no order', shop_order_id: 'deleted' },
    ]),
    given(stg_shopify__transaction, [
      { ...payment, transaction_id: '1', refund_id: 'paid', amount: '20' },
      { ...payment, transaction_id: '2', refund_id: 'paid in two', amount: '5' },
      { ...payment, transaction_id: '3', refund_id: 'paid in two', amount: '7.50', currency: null },
      { ...payment, transaction_id: '4', refund_id: 'paid in two', amount: '9', status: 'failure' },
      { ...payment, transaction_id: '9', refund_id: 'more than the lines', amount: '26' },
      { ...payment, transaction_id: '10', refund_id: 'more, and told', amount: '26' },
      { ...payment, transaction_id: '5', refund_id: 'paid in dollars', amount: '22', currency: 'USD' },
      { ...payment, transaction_id: '6', refund_id: 'pending', amount: '10', status: 'pending' },
      { ...payment, transaction_id: '7', refund_id: null, amount: '100' },
      { ...payment, transaction_id: '8', refund_id: null, amount: '100', transaction_kind: 'sale' },
    ]),
    given(stg_shopify__order_line_refund, [
      { line_refund_id: '1', refund_id: 'paid', subtotal: '30', tax: '4.79' },
      { line_refund_id: '2', refund_id: 'by lines', subtotal: '20', tax: '3.19' },
      { line_refund_id: '3', refund_id: 'by lines', subtotal: '10', tax: '1.60' },
      { line_refund_id: '4', refund_id: 'by lines without tax', subtotal: '30', tax: '5.70' },
      { line_refund_id: '9', refund_id: 'more than the lines', subtotal: '20', tax: '3.19' },
      { line_refund_id: '10', refund_id: 'more, and told', subtotal: '20', tax: '3.19' },
      { line_refund_id: '5', refund_id: 'less than the lines', subtotal: '100', tax: '0' },
      { line_refund_id: '6', refund_id: 'paid in dollars', subtotal: '20', tax: '0' },
      { line_refund_id: '7', refund_id: 'pending', subtotal: '10', tax: '0' },
      { line_refund_id: '8', refund_id: 'of no order', subtotal: '10', tax: '0' },
    ]),
    given(stg_shopify__order_adjustment, [
      { adjustment_id: '1', refund_id: 'shipping', adjustment_kind: 'shipping_refund', amount: '-5', tax: '-0.95' },
      {
        adjustment_id: '2',
        refund_id: 'less than the lines',
        adjustment_kind: 'refund_discrepancy',
        amount: '40',
        tax: '0',
      },
      {
        adjustment_id: '4',
        refund_id: 'more, and told',
        adjustment_kind: 'refund_discrepancy',
        amount: '-6',
        tax: '0',
      },
      { adjustment_id: '3', refund_id: null, adjustment_kind: 'shipping_refund', amount: '-5', tax: '0' },
    ]),
  ],
  expect: [
    { ...nothing, refund_id: 'paid', shop_order_id: 'gross', refunded_amount: 20, refunded_tax_amount: '4.79' },
    { ...nothing, refund_id: 'paid in two', shop_order_id: 'gross', refunded_amount: '12.50', untold_amount: '12.50' },
    {
      ...nothing,
      refund_id: 'more than the lines',
      shop_order_id: 'gross',
      refunded_amount: 26,
      refunded_tax_amount: '3.19',
      untold_amount: 6,
    },
    {
      ...nothing,
      refund_id: 'more, and told',
      shop_order_id: 'gross',
      refunded_amount: 26,
      refunded_tax_amount: '3.19',
    },
    { ...nothing, refund_id: 'by lines', shop_order_id: 'gross', refunded_amount: 30, refunded_tax_amount: '4.79' },
    {
      ...nothing,
      refund_id: 'by lines without tax',
      shop_order_id: 'net',
      refunded_amount: '35.70',
      refunded_tax_amount: '5.70',
    },
    {
      refund_id: 'shipping',
      shop_order_id: 'gross',
      refunded_amount: '5.95',
      refunded_tax_amount: '0.95',
      refunded_shipping_amount: '5.95',
      refunded_shipping_tax_amount: '0.95',
      untold_amount: 0,
    },
    { ...nothing, refund_id: 'less than the lines', shop_order_id: 'gross', refunded_amount: 60 },
    { ...nothing, refund_id: 'paid in dollars', shop_order_id: 'gross', refunded_amount: 20 },
  ],
})
