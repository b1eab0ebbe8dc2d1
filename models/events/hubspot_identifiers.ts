import { model, rows, sql, text } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { hubspot_moments } from './hubspot_moments'
import { identifier_stream } from './identifier_stream'

export const hubspot_identifiers = model({
  description:
    'One row per event of HubSpot and kind of identifier: the contact, or the e-mail address that an e-mail went to. Which addresses a contact has stands in its record.',
  implements: identifier_stream,
  grain: ['event_id', 'identifier_kind'],
  columns: identifier_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    with told as (
      select
        ${sha256Hex(sql`'hubspot:' || m.system_event_id`)} as event_id,
        k.identifier_kind,
        case k.identifier_kind when 'crm_id' then 'hubspot:' || m.contact_id else m.email end as identifier_value
      from ${hubspot_moments} as m
      cross join ${rows({ identifier_kind: text('crm_id or email') }, [
        { identifier_kind: 'crm_id' },
        { identifier_kind: 'email' },
      ])} as k
    )

    select t.event_id, t.identifier_kind, t.identifier_value
    from told as t
    where t.identifier_value is not null
  `,
})
