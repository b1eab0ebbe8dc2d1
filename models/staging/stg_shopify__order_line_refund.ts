import { integer, key, model, number, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__order_line_refund = model({
  description: 'One row per line of an order that a refund gives something back of, as it stands now.',
  grain: ['line_refund_id'],
  columns: {
    line_refund_id: key("Shopify's id of the refunded line"),
    refund_id: text("Shopify's id of the refund"),
    order_line_id: text("Shopify's id of the line of the order"),
    quantity: integer('How many were given back'),
    subtotal: number('Their price after discounts, with tax only where prices have it in them'),
    tax: number('The tax on them'),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as line_refund_id,
      cast(e.refund_id as ${type.text}) as refund_id,
      cast(e.order_line_id as ${type.text}) as order_line_id,
      cast(coalesce(e.quantity, ${zero}) as ${type.integer}) as quantity,
      coalesce(e.subtotal, ${zero}) as subtotal,
      coalesce(e.total_tax, ${zero}) as tax,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.order_line_refund} as e
    ${newestSynced('id')}
  `,
})

const zero = sql`cast(0 as ${type.number})`
