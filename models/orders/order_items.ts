import { boolean, date, integer, model, number, references, sql, text, type, unionOf } from 'throughline'
import { converted } from '../../macros/money'
import { rounded } from '../../macros/numbers'
import { exchange_rates } from '../../seeds/exchange_rates'
import { reporting } from '../definitions/reporting'
import { order_item_stream } from './order_item_stream'
import { orders } from './orders'

export const order_items = model({
  description:
    'One row per line of an order. Its revenue has tax where the prices of the shop have it, whatever the config says of tax, and no part of shipping and tips; each line is rounded by itself: lines do not sum to their order. Leave out is_test in sums.',
  grain: ['order_id', 'line_number'],
  columns: {
    order_id: references(orders.columns.order_id),
    line_number: integer("Place among the order's lines, from 1").atLeast(1),
    ordered_date: date('The day on which the order was placed, in the reporting zone'),
    is_test: boolean('In an order that we made ourselves to try something'),
    product_id: text("The shop's own id of the product").nullable(),
    product: text('The name of the product'),
    category: text('The kind of product').nullable(),
    quantity: integer('How many were ordered').atLeast(0),
    refunded_quantity: integer('How many were given back').atLeast(0),
    gross_revenue: number(
      'What was charged for the line at first, after discounts, in the reporting currency; NULL where the rate of the day is missing',
    ).nullable(),
    refunded_amount: number(
      'What of it was given back, in the reporting currency; NULL where the rate of the day is missing',
    ).nullable(),
    revenue: number(
      'gross_revenue less refunded_amount, 0 where the order was called off; NULL where the rate of the day is missing',
    ).nullable(),
    currency: text('The reporting currency, that of the revenue'),
    original_gross_revenue: number('What was charged for the line at first, in the currency of the order'),
    original_refunded_amount: number('What of it was given back, in the currency of the order'),
    original_currency: text('The currency of the order'),
  },
  tests: {
    always: {
      'no more is given back than was ordered': {
        holds: sql`refunded_quantity <= quantity`,
        severity: 'warn',
      },
    },
  },
  materialize: { kind: 'table' },
  uses: { reporting },
  query: ({ reporting: { currency } }) => sql`
    with in_reporting_currency as (
      select
        o.order_id, s.line_number, o.ordered_date, o.is_test, o.status, s.product_id, s.product, s.category,
        s.quantity, s.refunded_quantity, s.gross_amount, s.refunded_amount as original_refunded_amount,
        s.currency as original_currency,
        ${rounded(converted(sql`s.gross_amount`, sql`s.currency`, currency, sql`x.rate`), 2)} as gross_revenue,
        ${rounded(converted(sql`s.refunded_amount`, sql`s.currency`, currency, sql`x.rate`), 2)} as refunded_amount
      from ${unionOf(order_item_stream)} as s
      inner join ${orders} as o on o.system = s.system and o.system_order_id = s.system_order_id
      left join ${exchange_rates} as x on x.currency = s.currency and x.rate_date = o.ordered_date
    )

    select
      r.order_id,
      r.line_number,
      r.ordered_date,
      r.is_test,
      r.product_id,
      r.product,
      r.category,
      r.quantity,
      r.refunded_quantity,
      r.gross_revenue,
      r.refunded_amount,
      case
        when r.gross_revenue is null then null
        when r.status = 'cancelled' then cast(0 as ${type.number})
        else r.gross_revenue - r.refunded_amount
      end as revenue,
      ${currency} as currency,
      r.gross_amount as original_gross_revenue,
      r.original_refunded_amount,
      r.original_currency
    from in_reporting_currency as r
  `,
})
