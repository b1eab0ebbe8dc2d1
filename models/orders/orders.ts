import {
  boolean,
  date,
  integer,
  key,
  model,
  number,
  type Sql,
  sql,
  text,
  timestamp,
  type,
  unionOf,
  when,
} from 'throughline'
import { converted } from '../../macros/money'
import { rounded } from '../../macros/numbers'
import { orderNumber } from '../../macros/orders'
import { localDate } from '../../macros/time'
import { exchange_rates } from '../../seeds/exchange_rates'
import { reporting } from '../definitions/reporting'
import { order_stream } from './order_stream'

export const orders = model({
  description:
    'One row per order of all shops, as it stands now. Revenue is what was charged less what was given back, with tax and shipping as the config has it, at the exchange rate of the day of the order, each amount rounded to two digits after the point; of an order that was called off it is 0.',
  grain: ['order_id'],
  columns: {
    order_id: key(
      "The order's number, without a # before it, by which all systems tell of it: that of events.order_id",
    ),
    system: text('The shop that keeps it, as in the config: shopify'),
    system_order_id: text("The shop's own id of the order"),
    ordered_at: timestamp('When it was placed, UTC'),
    ordered_date: date('The day on which it was placed, in the reporting zone'),
    status: text(
      'cancelled; refunded, where all that was charged was given back; partially_refunded, where some was; else placed, paid or not',
    ).oneOf(['placed', 'partially_refunded', 'refunded', 'cancelled']),
    is_test: boolean('Made by ourselves to try something: no conversion. Leave it out of sums'),
    place: text('Where it was placed: web, store, phone …'),
    store: text('The name of the store; NULL where it was placed elsewhere').nullable(),
    gross_revenue: number(
      'What was charged at first, in the reporting currency; NULL where the rate of the day is missing',
    ).nullable(),
    refunded_amount: number(
      'What of it was given back, in the reporting currency; NULL where the rate of the day is missing',
    ).nullable(),
    revenue: number(
      'gross_revenue less refunded_amount, 0 where the order was called off; NULL where the rate of the day is missing',
    ).nullable(),
    currency: text('The reporting currency, that of the revenue'),
    original_gross_revenue: number('What was charged at first, in the currency of the order'),
    original_refunded_amount: number('What of it was given back, in the currency of the order'),
    original_currency: text('The currency of the order'),
    shop_order_count: integer(
      'How many orders of shops have this number; one of them counts, of the shop first by name the one that came in last',
    )
      .atLeast(1)
      .atMost(1, { severity: 'warn' }),
  },
  tests: {
    always: {
      'revenue is what was not given back': sql`revenue = case when status = 'cancelled' then 0 else gross_revenue - refunded_amount end`,
      'amounts are known together': sql`(gross_revenue is null) = (refunded_amount is null) and (gross_revenue is null) = (revenue is null)`,
      'no more is given back than was charged': {
        holds: sql`original_refunded_amount <= original_gross_revenue`,
        severity: 'warn',
      },
    },
  },
  materialize: { kind: 'table' },
  uses: { reporting },
  query: ({ reporting: { timezone, currency, revenue } }) => sql`
    with told as (
      select
        coalesce(${orderNumber(sql`t.order_id`)}, t.system_order_id) as order_id, t.row_id, t.system, t.system_order_id,
        t.ordered_at, t.loaded_at, t.is_cancelled, t.is_test, t.place, t.store, t.currency,
        t.gross_amount, t.tax_amount, t.shipping_amount, t.shipping_tax_amount,
        t.refunded_amount, t.refunded_tax_amount, t.refunded_shipping_amount, t.refunded_shipping_tax_amount
      from ${unionOf(order_stream)} as t
    ),

    numbered as (
      select
        s.order_id, s.system, s.system_order_id, s.ordered_at, s.is_cancelled, s.is_test, s.place, s.store, s.currency,
        s.gross_amount, s.tax_amount, s.shipping_amount, s.shipping_tax_amount,
        s.refunded_amount, s.refunded_tax_amount, s.refunded_shipping_amount, s.refunded_shipping_tax_amount,
        row_number() over (
          partition by s.order_id
          order by s.system, s.loaded_at desc nulls last, s.row_id desc, s.system_order_id
        ) as shop_order_number,
        count(*) over (partition by s.order_id) as shop_order_count
      from told as s
    ),

    counted as (
      select
        n.order_id, n.system, n.system_order_id, n.ordered_at, ${localDate(sql`n.ordered_at`, timezone)} as ordered_date,
        n.is_test, n.place, n.store, n.currency, n.shop_order_count,
        case
          when n.is_cancelled then 'cancelled'
          when n.refunded_amount <= 0 then 'placed'
          when n.refunded_amount < n.gross_amount then 'partially_refunded'
          else 'refunded'
        end as status,
        ${counting(revenue, {
          amount: sql`n.gross_amount`,
          tax: sql`n.tax_amount`,
          shipping: sql`n.shipping_amount`,
          shippingTax: sql`n.shipping_tax_amount`,
        })} as gross_revenue,
        ${counting(revenue, {
          amount: sql`n.refunded_amount`,
          tax: sql`n.refunded_tax_amount`,
          shipping: sql`n.refunded_shipping_amount`,
          shippingTax: sql`n.refunded_shipping_tax_amount`,
        })} as refunded_amount
      from numbered as n
      where n.shop_order_number = 1
    ),

    in_reporting_currency as (
      select
        c.order_id, c.system, c.system_order_id, c.ordered_at, c.ordered_date, c.status, c.is_test, c.place, c.store,
        ${rounded(converted(sql`c.gross_revenue`, sql`c.currency`, currency, sql`x.rate`), 2)} as gross_revenue,
        ${rounded(converted(sql`c.refunded_amount`, sql`c.currency`, currency, sql`x.rate`), 2)} as refunded_amount,
        c.gross_revenue as original_gross_revenue, c.refunded_amount as original_refunded_amount,
        c.currency as original_currency, c.shop_order_count
      from counted as c
      left join ${exchange_rates} as x on x.currency = c.currency and x.rate_date = c.ordered_date
    )

    select
      r.order_id,
      r.system,
      r.system_order_id,
      r.ordered_at,
      r.ordered_date,
      r.status,
      r.is_test,
      r.place,
      r.store,
      r.gross_revenue,
      r.refunded_amount,
      case
        when r.gross_revenue is null then null
        when r.status = 'cancelled' then cast(0 as ${type.number})
        else r.gross_revenue - r.refunded_amount
      end as revenue,
      ${currency} as currency,
      r.original_gross_revenue,
      r.original_refunded_amount,
      r.original_currency,
      r.shop_order_count
    from in_reporting_currency as r
  `,
})

interface Parts {
  readonly amount: Sql
  readonly tax: Sql
  readonly shipping: Sql
  /** Within both the tax and the shipping: where both are taken off, it is taken off once. */
  readonly shippingTax: Sql
}

function counting({ tax, shipping }: RevenueRules, parts: Parts): Sql {
  return sql`${parts.amount}${when(tax === 'excluded', sql` - ${parts.tax}`)}${when(
    shipping === 'excluded',
    sql` - ${parts.shipping}`,
  )}${when(tax === 'excluded' && shipping === 'excluded', sql` + ${parts.shippingTax}`)}`
}

type RevenueRules = ReturnType<typeof reporting.schema.parse>['revenue']
