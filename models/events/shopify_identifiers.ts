import { model, rows, sql, text } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { customerIdentifier, customerKind } from '../../macros/shopify'
import { shopify } from '../../sources/shopify'
import { identifier_stream } from './identifier_stream'
import { shopify_moments } from './shopify_moments'

export const shopify_identifiers = model({
  description:
    'One row per event of the shop and kind of identifier: the customer, the e-mail address and phone number that the order was placed with, and the order itself.',
  implements: identifier_stream,
  grain: ['event_id', 'identifier_kind'],
  columns: identifier_stream.columns,
  materialize: { kind: 'inline' },
  uses: { shopify },
  query: ({ shopify: settings }) => sql`
    with told as (
      select
        ${sha256Hex(sql`'shopify:' || m.moment_id`)} as event_id,
        k.identifier_kind,
        case k.identifier_kind
          when 'email' then m.email
          when 'phone' then m.phone
          when 'order_id' then m.order_id
          else ${customerIdentifier(sql`m.customer_id`, settings)}
        end as identifier_value
      from ${shopify_moments} as m
      cross join ${rows({ identifier_kind: text('What identifies') }, [
        { identifier_kind: customerKind(settings) },
        { identifier_kind: 'email' },
        { identifier_kind: 'phone' },
        { identifier_kind: 'order_id' },
      ])} as k
    )

    select t.event_id, t.identifier_kind, t.identifier_value
    from told as t
    where t.identifier_value is not null
  `,
})
