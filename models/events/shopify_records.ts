import { model, rows, sql, text } from 'throughline'
import { customerIdentifier, customerKind } from '../../macros/shopify'
import { shopify } from '../../sources/shopify'
import { stg_shopify__customer } from '../staging/stg_shopify__customer'
import { record_stream } from './record_stream'

export const shopify_records = model({
  description:
    'One row per customer of the shop and kind of identifier in their record: themselves, their e-mail address and phone number.',
  implements: record_stream,
  grain: ['record_id', 'identifier_kind'],
  columns: record_stream.columns,
  materialize: { kind: 'inline' },
  uses: { shopify },
  query: ({ shopify: settings }) => sql`
    with told as (
      select
        c.customer_id, c.created_at,
        k.identifier_kind,
        case k.identifier_kind
          when 'email' then c.email
          when 'phone' then c.phone
          else ${customerIdentifier(sql`c.customer_id`, settings)}
        end as identifier_value
      from ${stg_shopify__customer} as c
      cross join ${rows({ identifier_kind: text('What identifies') }, [
        { identifier_kind: customerKind(settings) },
        { identifier_kind: 'email' },
        { identifier_kind: 'phone' },
      ])} as k
    )

    select
      'shopify:customer:' || t.customer_id as record_id,
      'shopify' as system,
      t.created_at as stated_at,
      t.identifier_kind,
      t.identifier_value
    from told as t
    where t.identifier_value is not null
  `,
})
