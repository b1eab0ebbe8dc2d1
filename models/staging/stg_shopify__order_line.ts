import { integer, key, model, number, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__order_line = model({
  description: 'One row per line of an order of the shop, as it stands now.',
  grain: ['order_line_id'],
  columns: {
    order_line_id: key("Shopify's id of the line"),
    shop_order_id: text("Shopify's id of the order"),
    place_in_order: integer('Place among the lines, as Shopify tells it').nullable(),
    product_id: text("Shopify's id of the product").nullable(),
    title: text('Its title when it was ordered; with the variant where there is no other').nullable(),
    price: number('Price of one, before discounts'),
    quantity: integer('How many'),
    own_discount: number('Discount on the line itself, without its part of discounts on the order'),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        cast(e.id as ${type.text}) as order_line_id,
        cast(e.order_id as ${type.text}) as shop_order_id,
        e.index as place_in_order,
        cast(e.product_id as ${type.text}) as product_id,
        coalesce(${rawText('title')}, ${rawText('name')}) as title,
        e.price,
        e.quantity,
        coalesce(e.total_discount, cast(0 as ${type.number})) as own_discount,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted
      from ${shopify.tables.order_line} as e
      ${newestSynced('id')}
    )

    select
      n.order_line_id, n.shop_order_id, n.place_in_order, n.product_id, n.title, n.price, n.quantity, n.own_discount, n.loaded_at
    from newest as n
    where not n.is_deleted
  `,
})
