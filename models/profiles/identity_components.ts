import { fixpoint, key, references, sql } from 'throughline'
import { identifiers } from './identifiers'
import { identity_links } from './identity_links'

/**
 * The transitive closure of the active links, by contraction. In a round every node hooks to the least of its neighbours and itself, and
 * hooks are followed three times more; nodes of one root become one, and links within it disappear. Hooks only go down, so there is
 * no circle of them, and every node that is not the least around it goes: the links that remain shrink by a factor each round.
 */
export const identity_components = fixpoint({
  description: 'One row per identifier with an active link: the component that links make of it.',
  grain: ['identifier_id'],
  columns: {
    identifier_id: references(identifiers.columns.identifier_id),
    component_id: key('The same for all identifiers that active links connect, directly or through others'),
  },
  maximumRounds: 40,
  work: {
    hooks: { node: key('A node of this round'), root: key('The node that it becomes') },
    edges: { node_a: key('The lesser end'), node_b: key('The greater end') },
    labels: { identifier_id: key('The identifier'), node: key('The node that it has become') },
  },
  start: ({ work }) => ({
    edges: sql`
      select distinct l.identifier_id_a as node_a, l.identifier_id_b as node_b
      from ${identity_links} as l
      where l.is_active
    `,
    labels: sql`
      with ends as (
        select e.node_a as node from ${work.edges} as e
        union all
        select e.node_b as node from ${work.edges} as e
      )

      select distinct n.node as identifier_id, n.node from ends as n
    `,
    hooks: sql`select l.node, l.node as root from ${work.labels} as l`,
  }),
  step: ({ work }) => ({
    hooks: sql`
      -- The lesser end's own hook is itself, the greater end's is the lesser: what is greater need not be looked at.
      with neighbours as (
        select e.node_a as node, e.node_a as neighbour from ${work.edges} as e
        union all
        select e.node_b as node, e.node_a as neighbour from ${work.edges} as e
      ),

      first_hooks as (
        select n.node, min(n.neighbour) as root
        from neighbours as n
        group by n.node
      )

      select a.node, d.root
      from first_hooks as a
      inner join first_hooks as b on b.node = a.root
      inner join first_hooks as c on c.node = b.root
      inner join first_hooks as d on d.node = c.root
    `,
    edges: sql`
      with renamed as (
        select a.root as node_a, b.root as node_b
        from ${work.edges} as e
        inner join ${work.hooks} as a on a.node = e.node_a
        inner join ${work.hooks} as b on b.node = e.node_b
        where a.root <> b.root
      )

      select distinct
        case when r.node_a < r.node_b then r.node_a else r.node_b end as node_a,
        case when r.node_a < r.node_b then r.node_b else r.node_a end as node_b
      from renamed as r
    `,
    labels: sql`
      select l.identifier_id, coalesce(h.root, l.node) as node
      from ${work.labels} as l
      left join ${work.hooks} as h on h.node = l.node
    `,
  }),
  until: 'edges',
  query: ({ work }) => sql`select l.identifier_id, l.node as component_id from ${work.labels} as l`,
})
