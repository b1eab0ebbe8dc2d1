import { fixpoint, integer, key, references, sql } from 'throughline'
import { numbered } from '../../macros/components'
import { identity } from '../definitions/identity'
import { identifier_sets } from './identifier_sets'
import { identifiers } from './identifiers'
import { identity_components } from './identity_components'
import { link_candidates } from './link_candidates'

/**
 * Who is nearest to whom where links connect several seeds. A seed is an identifier of the kind that each is a person (`one_person_per`), or a
 * set of them (identifier_sets). All seeds set out at once, one link a round; what they reach first is theirs, and what several reach in one
 * round is that of the seed with the least value. So each round is one more link away, and the order of rows has no part in it.
 *
 * What is one with others (identifier_sets) is one node. Only components with two seeds or more are looked at: most people have one.
 */
export const identity_territories = fixpoint({
  description: 'One row per identifier that links connect to two seeds or more: the seed that it is nearest to.',
  grain: ['identifier_id'],
  columns: {
    identifier_id: references(identifiers.columns.identifier_id),
    seed_id: references(identifiers.columns.identifier_id),
    distance: integer('Links to the seed: 0 for itself, and for what is one with it').atLeast(0),
  },
  uses: { identity },
  maximumRounds: 1000,
  work: {
    members: {
      identifier_id: identifiers.columns.identifier_id,
      component_id: key('Its component'),
      set_id: key('The identifier that stands for it and all that it is one with'),
    },
    numbers: {
      identifier_id: key('An identifier that stands for those that are one with it'),
      node: integer('Its place among them, from 1'),
    },
    seeds: {
      component_id: key('A component of two seeds or more'),
      seed: integer('Place of the seed among those of the component, by value'),
      seed_id: key('The least identifier of the seed, by value'),
      node: integer('The node that the seed is'),
    },
    edges: { node: integer('A node that no seed has reached'), neighbour: integer('A node that it is linked with') },
    front: {
      node: integer('A node that was reached in this round'),
      seed: integer('The seed that reached it'),
      distance: integer('In how many rounds'),
    },
    reached: {
      node: integer('A node that was reached'),
      seed: integer('The seed that reached it'),
      distance: integer('In how many rounds'),
    },
  },
  start: ({ work, identity: { one_person_per } }) => ({
    members: sql`
      with candidates as (
        select c.component_id, coalesce(s.set_id, c.identifier_id) as set_id
        from ${identifiers} as i
        inner join ${identity_components} as c on c.identifier_id = i.identifier_id
        left join ${identifier_sets} as s on s.identifier_id = i.identifier_id
        where i.identifier_kind = ${one_person_per}
      ),

      contested as (
        select c.component_id
        from candidates as c
        group by c.component_id
        having min(c.set_id) <> max(c.set_id)
      )

      select m.identifier_id, m.component_id, coalesce(s.set_id, m.identifier_id) as set_id
      from contested as c
      inner join ${identity_components} as m on m.component_id = c.component_id
      left join ${identifier_sets} as s on s.identifier_id = m.identifier_id
    `,
    numbers: numbered(sql`select distinct m.set_id as identifier_id from ${work.members} as m`),
    seeds: sql`
      with seeds as (
        select m.component_id, m.set_id, m.identifier_id, i.identifier_value
        from ${work.members} as m
        inner join ${identifiers} as i on i.identifier_id = m.identifier_id
        where i.identifier_kind = ${one_person_per}
        -- A set of several is in the place of its least.
        qualify row_number() over (partition by m.set_id order by i.identifier_value, m.identifier_id) = 1
      )

      select
        s.component_id,
        row_number() over (partition by s.component_id order by s.identifier_value, s.identifier_id) as seed,
        s.identifier_id as seed_id,
        n.node
      from seeds as s
      inner join ${work.numbers} as n on n.identifier_id = s.set_id
    `,
    edges: sql`
      with ends as (
        select a.set_id as set_id_a, b.set_id as set_id_b
        from ${link_candidates} as l
        inner join ${work.members} as a on a.identifier_id = l.identifier_id_a
        inner join ${work.members} as b on b.identifier_id = l.identifier_id_b
        where l.inactive_reason is null and a.set_id <> b.set_id
      ),

      links as (
        select distinct a.node as node_a, b.node as node_b
        from ends as e
        inner join ${work.numbers} as a on a.identifier_id = e.set_id_a
        inner join ${work.numbers} as b on b.identifier_id = e.set_id_b
      ),

      directed as (
        select l.node_a as node, l.node_b as neighbour from links as l
        union all
        select l.node_b as node, l.node_a as neighbour from links as l
      )

      select d.node, d.neighbour
      from directed as d
      left join ${work.seeds} as s on s.node = d.node
      where s.node is null
    `,
    front: sql`select s.node, s.seed, 0 as distance from ${work.seeds} as s`,
    reached: sql`select s.node, s.seed, 0 as distance from ${work.seeds} as s`,
  }),
  step: ({ work }) => ({
    front: sql`
      select e.node, min(f.seed) as seed, min(f.distance) + 1 as distance
      from ${work.edges} as e
      inner join ${work.front} as f on f.node = e.neighbour
      group by e.node
    `,
    reached: sql`
      select r.node, r.seed, r.distance from ${work.reached} as r
      union all
      select f.node, f.seed, f.distance from ${work.front} as f
    `,
    edges: sql`
      select e.node, e.neighbour
      from ${work.edges} as e
      left join ${work.front} as f on f.node = e.node
      where f.node is null
    `,
  }),
  until: 'front',
  query: ({ work }) => sql`
    select m.identifier_id, s.seed_id, r.distance
    from ${work.members} as m
    inner join ${work.numbers} as n on n.identifier_id = m.set_id
    inner join ${work.reached} as r on r.node = n.node
    inner join ${work.seeds} as s on s.component_id = m.component_id and s.seed = r.seed
  `,
})
