import { integer, key, model, number, sql, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { shopify } from '../../sources/shopify'

export const stg_shopify__order_shipping_tax_line = model({
  description: 'One row per tax on a shipping line, as it stands now.',
  grain: ['shipping_line_id', 'tax_number'],
  columns: {
    shipping_line_id: key("Shopify's id of the shipping line"),
    tax_number: integer("Place among the shipping line's taxes"),
    tax: number('The tax'),
    loaded_at: timestamp('When this version came in, UTC'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.order_shipping_line_id as ${type.text}) as shipping_line_id,
      e.index as tax_number,
      e.price as tax,
      ${rawColumn('_fivetran_synced')} as loaded_at
    from ${shopify.tables.order_shipping_tax_line} as e
    ${newestSynced('order_shipping_line_id', 'index')}
  `,
})
