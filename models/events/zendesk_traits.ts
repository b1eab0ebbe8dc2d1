import { model, rows, sql, text } from 'throughline'
import { stg_zendesk__user } from '../staging/stg_zendesk__user'
import { trait_stream } from './trait_stream'
import { zendesk_agents } from './zendesk_agents'

export const zendesk_traits = model({
  description: 'One row per customer of Zendesk and trait that there is a value for.',
  implements: trait_stream,
  grain: ['record_id', 'trait'],
  columns: trait_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    with told as (
      select
        'zendesk:user:' || u.user_id as record_id,
        'zendesk:' || u.user_id as identifier_value,
        k.trait,
        case k.trait when 'full_name' then u.full_name else u.language end as trait_value,
        coalesce(u.updated_at, u.loaded_at) as told_at
      from ${stg_zendesk__user} as u
      left join ${zendesk_agents} as a on a.user_id = u.user_id
      cross join ${rows({ trait: text('full_name or language') }, [{ trait: 'full_name' }, { trait: 'language' }])} as k
      where a.user_id is null
    )

    select
      t.record_id,
      'zendesk' as system,
      'support_id' as identifier_kind,
      t.identifier_value,
      t.trait,
      t.trait_value,
      t.told_at
    from told as t
    where t.trait_value is not null
  `,
})
