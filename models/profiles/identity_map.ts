import { key, model, references, sql } from 'throughline'
import { identifiers } from './identifiers'
import { identity_components } from './identity_components'
import { identity_territories } from './identity_territories'

export const identity_map = model({
  description: 'One row per identifier that may identify somebody: whose it is.',
  grain: ['identifier_id'],
  columns: {
    identifier_id: references(identifiers.columns.identifier_id),
    person_id: key('The person: the id of its strongest identifier, of equally strong ones that was seen first'),
  },
  tests: {
    never: {
      'a person who is not one of their own identifiers': self => sql`
        select m.person_id
        from ${self} as m
        left join ${self} as p on p.identifier_id = m.person_id and p.person_id = m.person_id
        where p.identifier_id is null
      `,
    },
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with members as (
      select
        i.identifier_id, i.strength, i.first_seen_at, i.identifier_value,
        -- All of one seed, or all that links connect, where at most one seed is among them; no link, as for all that are shared: alone.
        coalesce(t.seed_id, c.component_id, i.identifier_id) as person_key
      from ${identifiers} as i
      left join ${identity_components} as c on c.identifier_id = i.identifier_id
      left join ${identity_territories} as t on t.identifier_id = i.identifier_id
      where not i.is_blocked
    )

    select
      m.identifier_id,
      first_value(m.identifier_id) over (
        partition by m.person_key
        order by m.strength, m.first_seen_at, m.identifier_value, m.identifier_id
        rows between unbounded preceding and unbounded following
      ) as person_id
    from members as m
  `,
})
