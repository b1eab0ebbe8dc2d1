import { integer, key, model, number, sql, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__discount_allocation = model({
  description: 'One row per line of an order and discount that it has a part in, as it stands now.',
  grain: ['order_line_id', 'discount_number'],
  columns: {
    order_line_id: key("Shopify's id of the line"),
    discount_number: integer("Place among the line's discounts"),
    amount: number("The line's part of the discount"),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.order_line_id as ${type.text}) as order_line_id,
      e.index as discount_number,
      e.amount,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.discount_allocation} as e
    ${newestSynced('order_line_id', 'index')}
  `,
})
