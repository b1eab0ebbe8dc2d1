import { key, model, number, sql, text, timestamp, type } from 'throughline'
import { currencyCode } from '../../macros/money'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__transaction = model({
  description: 'One row per payment of an order, or payment back, as it stands now.',
  grain: ['transaction_id'],
  columns: {
    transaction_id: key("Shopify's id of the transaction"),
    shop_order_id: text("Shopify's id of the order").nullable(),
    refund_id: text("Shopify's id of the refund that it pays").nullable(),
    transaction_kind: text('sale, capture, refund …').nullable(),
    status: text('success, pending, failure, error').nullable(),
    amount: number('How much, never below 0'),
    currency: text('Its currency: that in which the customer paid').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as transaction_id,
      cast(e.order_id as ${type.text}) as shop_order_id,
      cast(e.refund_id as ${type.text}) as refund_id,
      e.kind as transaction_kind,
      e.status,
      coalesce(e.amount, cast(0 as ${type.number})) as amount,
      ${currencyCode(sql`e.currency`)} as currency,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.transaction} as e
    ${newestSynced('id')}
  `,
})
