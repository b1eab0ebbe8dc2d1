import { identifier, join, model, rows, sql, text } from 'throughline'
import { stg_hubspot__contact } from '../staging/stg_hubspot__contact'
import { trait_stream } from './trait_stream'

const traits = [
  'first_name',
  'last_name',
  'company',
  'job_title',
  'lifecycle_stage',
  'country',
  'city',
  'language',
] as const

export const hubspot_traits = model({
  description: 'One row per contact of HubSpot and trait that it has a value for.',
  implements: trait_stream,
  grain: ['record_id', 'trait'],
  columns: trait_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    with told as (
      select
        'hubspot:contact:' || c.contact_id as record_id,
        'hubspot:' || c.contact_id as identifier_value,
        k.trait,
        case k.trait
          ${join(
            traits.map(trait => sql`when ${trait} then c.${identifier(trait)}`),
            '\n',
          )}
        end as trait_value,
        coalesce(c.updated_at, c.loaded_at) as told_at
      from ${stg_hubspot__contact} as c
      cross join ${rows(
        { trait: text('The trait, which is a column of a contact') },
        traits.map(trait => ({ trait })),
      )} as k
    )

    select
      t.record_id,
      'hubspot' as system,
      'crm_id' as identifier_kind,
      t.identifier_value,
      t.trait,
      t.trait_value,
      t.told_at
    from told as t
    where t.trait_value is not null
  `,
})
