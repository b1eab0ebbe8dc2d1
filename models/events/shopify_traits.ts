import { model, rows, sql, text } from 'throughline'
import { customerIdentifier, customerKind } from '../../macros/shopify'
import { shopify } from '../../sources/shopify'
import { stg_shopify__customer } from '../staging/stg_shopify__customer'
import { trait_stream } from './trait_stream'

export const shopify_traits = model({
  description: 'One row per customer of the shop and trait that it has a value for.',
  implements: trait_stream,
  grain: ['record_id', 'trait'],
  columns: trait_stream.columns,
  materialize: { kind: 'inline' },
  uses: { shopify },
  query: ({ shopify: settings }) => sql`
    with told as (
      select
        c.customer_id,
        c.updated_at,
        k.trait,
        case k.trait
          when 'first_name' then c.first_name
          when 'last_name' then c.last_name
          else case c.accepts_marketing when true then 'true' when false then 'false' end
        end as trait_value
      from ${stg_shopify__customer} as c
      cross join ${rows({ trait: text('The trait') }, [
        { trait: 'first_name' },
        { trait: 'last_name' },
        { trait: 'accepts_marketing' },
      ])} as k
    )

    select
      'shopify:customer:' || t.customer_id as record_id,
      'shopify' as system,
      ${customerKind(settings)} as identifier_kind,
      ${customerIdentifier(sql`t.customer_id`, settings)} as identifier_value,
      t.trait,
      t.trait_value,
      t.updated_at as told_at
    from told as t
    where t.trait_value is not null
  `,
})
