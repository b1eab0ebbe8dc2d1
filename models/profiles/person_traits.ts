import { key, model, sql, text, timestamp, unionOf } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { normalisedValue } from '../../macros/identifiers'
import { identity } from '../definitions/identity'
import { trait_stream } from '../events/trait_stream'
import { identity_map } from './identity_map'

export const person_traits = model({
  description: 'One row per person and trait: what was told last of them.',
  grain: ['person_id', 'trait'],
  columns: {
    person_id: key('The person'),
    trait: key('What is told, as first_name, country, company, job_title, language, accepts_marketing'),
    trait_value: text('What it is, as the system has it').classified('personal'),
    system: text('The system that told it'),
    told_at: timestamp('Since when the record that told it has its present content, UTC'),
  },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity }) => sql`
    with normalised as (
      select
        t.record_id, t.system, t.trait, t.trait_value, t.told_at, t.identifier_kind,
        ${normalisedValue(sql`t.identifier_kind`, sql`t.identifier_value`, identity)} as identifier_value
      from ${unionOf(trait_stream)} as t
      -- A record that does not know it tells nothing, and takes nothing back.
      where t.trait_value <> ''
    ),

    identified as (
      select
        n.record_id, n.system, n.trait, n.trait_value, n.told_at,
        ${sha256Hex(sql`n.identifier_kind || ':' || n.identifier_value`)} as identifier_id
      from normalised as n
    )

    select m.person_id, i.trait, i.trait_value, i.system, i.told_at
    from identified as i
    inner join ${identity_map} as m on m.identifier_id = i.identifier_id
    qualify row_number() over (
      partition by m.person_id, i.trait
      order by i.told_at desc, i.system, i.record_id, i.identifier_id, i.trait_value nulls last
    ) = 1
  `,
})
