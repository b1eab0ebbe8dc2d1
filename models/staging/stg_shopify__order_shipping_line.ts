import { key, model, number, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__order_shipping_line = model({
  description: 'One row per way of shipping that an order was charged for, as it stands now.',
  grain: ['shipping_line_id'],
  columns: {
    shipping_line_id: key("Shopify's id of the shipping line"),
    shop_order_id: text("Shopify's id of the order"),
    price: number('Its price, after discounts on it, with tax only where prices have it in them').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as shipping_line_id,
      cast(e.order_id as ${type.text}) as shop_order_id,
      coalesce(e.discounted_price, e.price) as price,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.order_shipping_line} as e
    ${newestSynced('id')}
  `,
})
