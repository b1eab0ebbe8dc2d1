import { boolean, model, sql, text } from 'throughline'
import { identity } from '../definitions/identity'
import { identity_territories } from './identity_territories'
import { link_candidates } from './link_candidates'

const { inactive_reason: _, ...linked } = link_candidates.columns

export const identity_links = model({
  description: 'One row per link between two identifiers: why they are, or are not, one person.',
  grain: ['identifier_id_a', 'identifier_id_b', 'rule'],
  columns: {
    ...linked,
    is_active: boolean('Makes the two one person'),
    inactive_reason: text('Why not; NULL where it does').nullable(),
  },
  tests: { always: { 'an inactive link has a reason, and only that': sql`is_active = (inactive_reason is null)` } },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity: { one_person_per } }) => sql`
    with reasoned as (
      select
        c.identifier_id_a, c.identifier_id_b, c.rule, c.identifier_kind_a, c.identifier_kind_b, c.first_linked_at,
        c.last_linked_at, c.event_count, c.record_count, c.first_event_id, c.first_record_id,
        case
          when c.inactive_reason is not null then c.inactive_reason
          when a.seed_id <> b.seed_id then ${`between two people: each ${one_person_per} is a person of its own`}
        end as inactive_reason
      from ${link_candidates} as c
      -- Of those that links connect to two seeds or more; all others have one person at both ends.
      left join ${identity_territories} as a on a.identifier_id = c.identifier_id_a
      left join ${identity_territories} as b on b.identifier_id = c.identifier_id_b
    )

    select
      r.identifier_id_a,
      r.identifier_id_b,
      r.rule,
      r.identifier_kind_a,
      r.identifier_kind_b,
      r.first_linked_at,
      r.last_linked_at,
      r.event_count,
      r.record_count,
      r.first_event_id,
      r.first_record_id,
      r.inactive_reason is null as is_active,
      r.inactive_reason
    from reasoned as r
  `,
})
