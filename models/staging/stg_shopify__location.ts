import { key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__location = model({
  description: 'One row per store or warehouse, those that are closed and deleted included: old orders name them.',
  grain: ['location_id'],
  columns: {
    location_id: key("Shopify's id of the location"),
    location_name: text('Its name').nullable(),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as location_id,
      ${rawText('name')} as location_name,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.location} as e
    ${newestSynced('id')}
  `,
})
