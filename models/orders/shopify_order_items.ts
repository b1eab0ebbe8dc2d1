import { model, sql, type } from 'throughline'
import { timesDecimal } from '../../macros/numbers'
import { stg_shopify__discount_allocation } from '../staging/stg_shopify__discount_allocation'
import { stg_shopify__order } from '../staging/stg_shopify__order'
import { stg_shopify__order_line } from '../staging/stg_shopify__order_line'
import { stg_shopify__order_line_refund } from '../staging/stg_shopify__order_line_refund'
import { stg_shopify__product } from '../staging/stg_shopify__product'
import { order_item_stream } from './order_item_stream'
import { shopify_refunds } from './shopify_refunds'

export const shopify_order_items = model({
  description:
    "One row per line of an order of the shop. Its discount is its part of all discounts, where those are loaded (discount_allocation); else the line's own alone. What a refund gives back counts as it does for the order: not where its payment back failed or is still to come.",
  implements: order_item_stream,
  grain: ['system_order_id', 'line_number'],
  columns: order_item_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    with discounts as (
      select d.order_line_id, sum(d.amount) as discount
      from ${stg_shopify__discount_allocation} as d
      group by d.order_line_id
    ),

    -- What costs nothing needs no payment back: it is returned all the same.
    refunds as (
      select r.order_line_id, sum(r.quantity) as quantity, sum(r.subtotal) as subtotal
      from ${stg_shopify__order_line_refund} as r
      left join ${shopify_refunds} as m on m.refund_id = r.refund_id
      where m.refund_id is not null or r.subtotal = 0
      group by r.order_line_id
    ),

    numbered as (
      select
        l.order_line_id, l.shop_order_id, l.product_id, l.title, l.price, l.quantity, l.own_discount,
        row_number() over (
          partition by l.shop_order_id
          order by l.place_in_order nulls last, l.order_line_id
        ) as line_number
      from ${stg_shopify__order_line} as l
    )

    select
      o.order_id,
      n.line_number,
      'shopify' as system,
      n.shop_order_id as system_order_id,
      n.product_id,
      coalesce(n.title, p.title, '(none)') as product,
      p.product_type as category,
      n.quantity,
      ${timesDecimal(sql`n.price`, sql`n.quantity`)} - coalesce(d.discount, n.own_discount) as gross_amount,
      coalesce(r.quantity, 0) as refunded_quantity,
      coalesce(r.subtotal, cast(0 as ${type.number})) as refunded_amount,
      o.currency
    from numbered as n
    inner join ${stg_shopify__order} as o on o.shop_order_id = n.shop_order_id
    left join ${stg_shopify__product} as p on p.product_id = n.product_id
    left join discounts as d on d.order_line_id = n.order_line_id
    left join refunds as r on r.order_line_id = n.order_line_id
  `,
})
