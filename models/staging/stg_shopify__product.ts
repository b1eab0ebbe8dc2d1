import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__product = model({
  description: 'One row per product of the shop, those that are deleted included: old orders name them.',
  grain: ['product_id'],
  columns: {
    product_id: key("Shopify's id of the product"),
    title: text('Its title now').nullable(),
    product_type: text('The kind of product').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as product_id,
      ${rawText('title')} as title,
      ${rawText('product_type')} as product_type,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.product} as e
    ${newestSynced('id')}
  `,
})
