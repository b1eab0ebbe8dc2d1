import { model, type Sql, sql, type } from 'throughline'
import { greater, lesser } from '../../macros/comparison'
import { toNumber } from '../../macros/decimals'
import { ratio, rounded, timesDecimal } from '../../macros/numbers'
import { type ShopifySettings, shopify } from '../../sources/shopify'
import { stg_shopify__location } from '../staging/stg_shopify__location'
import { stg_shopify__order } from '../staging/stg_shopify__order'
import { stg_shopify__order_shipping_line } from '../staging/stg_shopify__order_shipping_line'
import { stg_shopify__order_shipping_tax_line } from '../staging/stg_shopify__order_shipping_tax_line'
import { order_stream } from './order_stream'
import { shopify_refunds } from './shopify_refunds'

export const shopify_orders = model({
  description:
    'One row per order of the shop. Shipping is what its shipping lines say, else the shipping that the order lists, and never more than the total is above its other parts: the tax on it is known from the taxes of the shipping lines alone, and 0 without them. Of an order that was all given back, all shipping and tax went back. Else what payments back say beyond lines and adjustments is shipping first, as far as the order was charged for it, with its part of the tax on it; where the lines of refunds are not loaded (order_line_refund), it is shipping only as far as nothing else that was charged is left.',
  implements: order_stream,
  grain: ['system_order_id'],
  columns: order_stream.columns,
  materialize: { kind: 'inline' },
  uses: { shopify },
  query: ({ shopify: settings }) => sql`
    with refunds as (
      select
        r.shop_order_id,
        sum(r.refunded_amount) as amount,
        sum(r.refunded_tax_amount) as tax,
        sum(r.refunded_shipping_amount) as shipping,
        sum(r.refunded_shipping_tax_amount) as shipping_tax,
        sum(r.untold_amount) as untold
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
        s.total, s.tax, s.loaded_at, s.row_id,
        s.shipping + case when s.shipping > 0 and not s.has_taxes_in_prices then s.told_shipping_tax else ${zero} end
          as shipping,
        case when s.shipping > 0 then s.told_shipping_tax else ${zero} end as shipping_tax
      from shipped as s
    ),

    untold_parts as (
      select
        t.shop_order_id,
        ${greater(lesser(untoldShipping(settings), sql`t.shipping - r.shipping`), zero)} as shipping
      from taxed as t
      inner join refunds as r on r.shop_order_id = t.shop_order_id
    ),

    given_back as (
      select
        t.shop_order_id, r.amount,
        case
          when r.amount >= t.total then t.tax
          else r.tax + ${shippingTaxOn(sql`u.shipping`)}
        end as tax,
        case
          when r.amount >= t.total then t.shipping
          else r.shipping + u.shipping
        end as shipping,
        case
          when r.amount >= t.total then t.shipping_tax
          else r.shipping_tax + ${shippingTaxOn(sql`u.shipping`)}
        end as shipping_tax
      from taxed as t
      inner join refunds as r on r.shop_order_id = t.shop_order_id
      inner join untold_parts as u on u.shop_order_id = t.shop_order_id
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
      t.shipping as shipping_amount,
      t.shipping_tax as shipping_tax_amount,
      coalesce(r.amount, ${zero}) as refunded_amount,
      coalesce(r.tax, ${zero}) as refunded_tax_amount,
      coalesce(r.shipping, ${zero}) as refunded_shipping_amount,
      coalesce(r.shipping_tax, ${zero}) as refunded_shipping_tax_amount
    from taxed as t
    left join ${stg_shopify__location} as l on l.location_id = t.location_id
    left join given_back as r on r.shop_order_id = t.shop_order_id
  `,
})

/** What may be shipping of what was paid back: the most of it that neither lines nor adjustments tell. */
function untoldShipping({ without }: ShopifySettings): Sql {
  return without.includes('order_line_refund') ? sql`r.amount - r.shipping - (t.total - t.shipping)` : sql`r.untold`
}

/** The tax on a part of the order's shipping, in two digits after the point. */
function shippingTaxOn(part: Sql): Sql {
  const share = toNumber(ratio(part, sql`t.shipping`))
  return sql`coalesce(${rounded(timesDecimal(sql`t.shipping_tax`, share), 2)}, ${zero})`
}

const zero = sql`cast(0 as ${type.number})`
