import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__refund = model({
  description: 'One row per refund of the shop, as it stands now.',
  grain: ['refund_id'],
  columns: {
    refund_id: key("Shopify's id of the refund"),
    shop_order_id: text("Shopify's id of the order"),
    refunded_at: timestamp('When it was made, UTC'),
    loaded_at: timestamp('When this version came in, UTC'),
    row_id: text('SHA-256 of the whole raw row'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as refund_id,
      cast(e.order_id as ${type.text}) as shop_order_id,
      coalesce(e.processed_at, e.created_at) as refunded_at,
      ${rawColumn('_fivetran_synced')} as loaded_at,
      e.tl_row_id as row_id
    from ${shopify.tables.refund} as e
    ${newestSynced('id')}
  `,
})
