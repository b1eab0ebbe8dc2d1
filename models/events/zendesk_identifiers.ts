import { model, rows, sql, text } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { identifier_stream } from './identifier_stream'
import { zendesk_moments } from './zendesk_moments'

export const zendesk_identifiers = model({
  description: "One row per event of Zendesk and kind of identifier: the user, and the visitor's browser of a chat.",
  implements: identifier_stream,
  grain: ['event_id', 'identifier_kind'],
  columns: identifier_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    with told as (
      select
        ${sha256Hex(sql`'zendesk:' || m.system_event_id`)} as event_id,
        k.identifier_kind,
        'zendesk:' || case k.identifier_kind when 'support_id' then m.user_id else m.visitor_id end as identifier_value
      from ${zendesk_moments} as m
      cross join ${rows({ identifier_kind: text('support_id or cookie_id') }, [
        { identifier_kind: 'support_id' },
        { identifier_kind: 'cookie_id' },
      ])} as k
    )

    select t.event_id, t.identifier_kind, t.identifier_value
    from told as t
    where t.identifier_value is not null
  `,
})
