import { key, model, number, sql, text, timestamp, type } from 'throughline'
import { greater } from '../../macros/comparison'
import { stg_shopify__order } from '../staging/stg_shopify__order'
import { stg_shopify__order_adjustment } from '../staging/stg_shopify__order_adjustment'
import { stg_shopify__order_line_refund } from '../staging/stg_shopify__order_line_refund'
import { stg_shopify__refund } from '../staging/stg_shopify__refund'
import { stg_shopify__transaction } from '../staging/stg_shopify__transaction'

export const shopify_refunds = model({
  description:
    "One row per refund of the shop by which money came back: what the payments back say that succeeded, where they are in the order's currency; else what its lines and adjustments come to.",
  grain: ['refund_id'],
  columns: {
    refund_id: key("Shopify's id of the refund"),
    shop_order_id: text("Shopify's id of the order"),
    refunded_at: timestamp('When it was made, UTC'),
    loaded_at: timestamp('When the newest version of the refund came in, UTC'),
    row_id: text('SHA-256 of the raw row of the refund'),
    refunded_amount: number("What was given back, with tax and shipping, in the order's currency"),
    refunded_tax_amount: number('Tax within it, as lines and adjustments have it'),
    refunded_shipping_amount: number('Shipping within it, with its tax, as adjustments have it'),
    refunded_shipping_tax_amount: number('Tax on that shipping'),
    untold_amount: number('What of it neither lines nor adjustments tell: what was paid back beyond them').atLeast(0),
  },
  materialize: { kind: 'inline' },
  query: () => sql`
    with payments_back as (
      select
        t.refund_id,
        sum(case when t.status = 'success' then t.amount else ${zero} end) as amount,
        sum(case when coalesce(t.currency, o.currency) = o.currency then 0 else 1 end) as foreign_count
      from ${stg_shopify__transaction} as t
      inner join ${stg_shopify__order} as o on o.shop_order_id = t.shop_order_id
      where t.transaction_kind = 'refund' and t.refund_id is not null
      group by t.refund_id
    ),

    line_sums as (
      select l.refund_id, sum(l.subtotal) as subtotal, sum(l.tax) as tax
      from ${stg_shopify__order_line_refund} as l
      group by l.refund_id
    ),

    -- What an adjustment adds to the order is given back where it is below 0.
    adjustment_sums as (
      select
        a.refund_id,
        sum(a.amount + a.tax) as amount,
        sum(a.tax) as tax,
        sum(case when a.adjustment_kind = 'shipping_refund' then a.amount + a.tax else ${zero} end) as shipping,
        sum(case when a.adjustment_kind = 'shipping_refund' then a.tax else ${zero} end) as shipping_tax
      from ${stg_shopify__order_adjustment} as a
      where a.refund_id is not null
      group by a.refund_id
    ),

    summed as (
      select
        r.refund_id, r.shop_order_id, r.refunded_at, r.loaded_at, r.row_id,
        case when p.foreign_count = 0 then p.amount end as paid_amount,
        coalesce(l.subtotal + case when o.has_taxes_in_prices then ${zero} else l.tax end, ${zero})
          - coalesce(a.amount, ${zero}) as told_amount,
        coalesce(l.tax, ${zero}) - coalesce(a.tax, ${zero}) as refunded_tax_amount,
        ${zero} - coalesce(a.shipping, ${zero}) as refunded_shipping_amount,
        ${zero} - coalesce(a.shipping_tax, ${zero}) as refunded_shipping_tax_amount
      from ${stg_shopify__refund} as r
      inner join ${stg_shopify__order} as o on o.shop_order_id = r.shop_order_id
      left join payments_back as p on p.refund_id = r.refund_id
      left join line_sums as l on l.refund_id = r.refund_id
      left join adjustment_sums as a on a.refund_id = r.refund_id
    )

    select
      s.refund_id, s.shop_order_id, s.refunded_at, s.loaded_at, s.row_id,
      coalesce(s.paid_amount, s.told_amount) as refunded_amount,
      s.refunded_tax_amount, s.refunded_shipping_amount, s.refunded_shipping_tax_amount,
      coalesce(${greater(sql`s.paid_amount - s.told_amount`, zero)}, ${zero}) as untold_amount
    from summed as s
    where coalesce(s.paid_amount, s.told_amount) > 0
  `,
})

const zero = sql`cast(0 as ${type.number})`
