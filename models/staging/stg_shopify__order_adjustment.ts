import { key, model, number, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__order_adjustment = model({
  description: 'One row per part of a refund that is of no line of the order, as it stands now.',
  grain: ['adjustment_id'],
  columns: {
    adjustment_id: key("Shopify's id of the adjustment"),
    refund_id: text("Shopify's id of the refund").nullable(),
    adjustment_kind: text('shipping_refund, or refund_discrepancy: more or less than the lines come to').nullable(),
    amount: number('What it adds to the order, without tax: below 0 where something is given back'),
    tax: number('The tax besides the amount'),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as adjustment_id,
      cast(e.refund_id as ${type.text}) as refund_id,
      e.kind as adjustment_kind,
      coalesce(e.amount, cast(0 as ${type.number})) as amount,
      coalesce(e.tax_amount, cast(0 as ${type.number})) as tax,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.order_adjustment} as e
    ${newestSynced('id')}
  `,
})
