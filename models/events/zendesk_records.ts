import { model, rows, sql, text, when } from 'throughline'
import { zendesk } from '../../sources/zendesk'
import { stg_zendesk__user } from '../staging/stg_zendesk__user'
import { record_stream } from './record_stream'
import { zendesk_agents } from './zendesk_agents'

export const zendesk_records = model({
  description:
    'One row per customer of Zendesk and identifier in their record. A phone number that several people share is not among them.',
  implements: record_stream,
  grain: ['record_id', 'identifier_kind'],
  columns: { ...record_stream.columns, identifier_value: text('The identifier as Zendesk has it') },
  materialize: { kind: 'inline' },
  uses: { zendesk },
  query: ({ zendesk: { external_id_is_user_id } }) => sql`
    with told as (
      select
        'zendesk:user:' || u.user_id as record_id,
        coalesce(u.created_at, u.loaded_at) as stated_at,
        k.identifier_kind,
        case k.identifier_kind
          when 'support_id' then 'zendesk:' || u.user_id
          when 'email' then u.email
          when 'phone' then case when not u.is_phone_shared then u.phone end
          ${when(external_id_is_user_id, sql`when 'user_id' then u.external_id`)}
        end as identifier_value
      from ${stg_zendesk__user} as u
      left join ${zendesk_agents} as a on a.user_id = u.user_id
      cross join ${rows({ identifier_kind: text('What identifies') }, [
        { identifier_kind: 'support_id' },
        { identifier_kind: 'email' },
        { identifier_kind: 'phone' },
        { identifier_kind: 'user_id' },
      ])} as k
      where a.user_id is null
    )

    select t.record_id, 'zendesk' as system, t.stated_at, t.identifier_kind, t.identifier_value
    from told as t
    where t.identifier_value is not null
  `,
})
