import { model, sql, type } from 'throughline'
import { greater, lesser } from '../../macros/comparison'
import { stg_shopify__location } from '../staging/stg_shopify__location'
import { stg_shopify__order } from '../staging/stg_shopify__order'
import { stg_shopify__order_shipping_line } from '../staging/stg_shopify__order_shipping_line'
import { stg_shopify__order_shipping_tax_line } from '../staging/stg_shopify__order_shipping_tax_line'
import { order_stream } from './order_stream'
import { shopify_refunds } from './shopify_refunds'

export const shopify_orders = model({
  description:
    'One row per order of the shop. Shipping is what its shipping lines say, else the shipping that the order lists, and never more than the total is above its other parts: the tax on it is known from the taxes of the shipping lines alone, and 0 without them.',
  implements: order_stream,
  grain: ['system_order_id'],
  columns: order_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    with refunds as (
      select
        r.shop_order_id,
        sum(r.refunded_amount) as amount,
        sum(r.refunded_tax_amount) as tax,
        sum(r.refunded_shipping_amount) as shipping,
        sum(r.refunded_shipping_tax_amount) as shipping_tax
      from ${shopify_refunds} as r
      group by r.shop_order_id
    ),

    shipping_taxes as (
      select t.shipping_line_id, sum(t.tax) as tax
      from ${stg_shopify__order_shipping_tax_line} as t
      group by t.shipping_line_id
    ),

    shipping_lines as (
      select l.shop_order_id, sum(l.price) as price, sum(coalesce(t.tax, ${zero})) as tax
      from ${stg_shopify__order_shipping_line} as l
      left join shipping_taxes as t on t.shipping_line_id = l.shipping_line_id
      group by l.shop_order_id
    ),

    -- What the total has besides its other parts: shipping as it was charged, and duties where there are any.
    remainders as (
      select
        o.shop_order_id, o.order_id, o.ordered_at, o.cancelled_at, o.place, o.location_id, o.is_test, o.currency,
        o.has_taxes_in_prices, o.total, o.tax, o.loaded_at, o.row_id,
        coalesce(l.price, o.listed_shipping) as told_shipping,
        o.total - o.subtotal - o.tips - case when o.has_taxes_in_prices then ${zero} else o.tax end as remainder,
        coalesce(l.tax, ${zero}) as told_shipping_tax
      from ${stg_shopify__order} as o
      left join shipping_lines as l on l.shop_order_id = o.shop_order_id
    ),

    shipped as (
      select
        r.shop_order_id, r.order_id, r.ordered_at, r.cancelled_at, r.place, r.location_id, r.is_test, r.currency,
        r.has_taxes_in_prices, r.total, r.tax, r.loaded_at, r.row_id, r.told_shipping_tax,
        ${greater(
          sql`coalesce(${lesser(sql`r.told_shipping`, sql`r.remainder`)}, r.remainder, r.told_shipping, ${zero})`,
          zero,
        )} as shipping
      from remainders as r
    ),

    taxed as (
      select
        s.shop_order_id, s.order_id, s.ordered_at, s.cancelled_at, s.place, s.location_id, s.is_test, s.currency,
        s.has_taxes_in_prices, s.total, s.tax, s.loaded_at, s.row_id, s.shipping,
        case when s.shipping > 0 then s.told_shipping_tax else ${zero} end as shipping_tax
      from shipped as s
    )

    select
      t.order_id,
      t.row_id,
      'shopify' as system,
      t.shop_order_id as system_order_id,
      t.ordered_at,
      t.loaded_at,
      t.cancelled_at is not null as is_cancelled,
      t.is_test,
      t.place,
      case when t.place = 'store' then l.location_name end as store,
      t.currency,
      t.total as gross_amount,
      t.tax as tax_amount,
      t.shipping + case when t.has_taxes_in_prices then ${zero} else t.shipping_tax end as shipping_amount,
      t.shipping_tax as shipping_tax_amount,
      coalesce(r.amount, ${zero}) as refunded_amount,
      coalesce(r.tax, ${zero}) as refunded_tax_amount,
      coalesce(r.shipping, ${zero}) as refunded_shipping_amount,
      coalesce(r.shipping_tax, ${zero}) as refunded_shipping_tax_amount
    from taxed as t
    left join ${stg_shopify__location} as l on l.location_id = t.location_id
    left join refunds as r on r.shop_order_id = t.shop_order_id
  `,
})

const zero = sql`cast(0 as ${type.number})`
