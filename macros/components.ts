import { integer, key, type Sql, type SqlPart, sql } from 'throughline'
import { firstCharacters } from './text'

/** Working tables of `components`, by name. */
interface ComponentTables {
  readonly numbers: SqlPart
  readonly edges: SqlPart
  readonly labels: SqlPart
  readonly hooks: SqlPart
}

/**
 * What a `fixpoint` does to find the connected components of links, a relation of `identifier_id_a` and `identifier_id_b`, by contraction. In a round every node hooks to the least of its neighbours and itself, and hooks are followed, four at most; nodes of
 * one root become one, and links within it disappear. Hooks only go down, so there is no circle of them, and the least node of a
 * component is never hooked away: it is the component at last.
 *
 * Numbers stand for identifiers while it lasts, in the order of these, for they are joined much faster than texts. That order is the order
 * of hashes and has nothing to do with who is linked to whom, so chains of hooks are short and each round leaves about a third of the
 * nodes: one chain of five million links takes 14 rounds, people with a handful of identifiers take 3 (bench/identity.ts).
 */
export const contraction = {
  maximumRounds: 40,
  work: {
    numbers: {
      identifier_id: key('An identifier with a link'),
      node: integer('Its place among the identifiers with a link, from 1'),
    },
    edges: { node_a: integer('The lesser end'), node_b: integer('The greater end') },
    labels: { node: integer('The node that it was at first'), root: integer('The node that it has become') },
    hooks: { node: integer('A node of this round'), root: integer('The node that it becomes') },
  },
  until: 'edges' as const,
  start: (links: Sql, work: ComponentTables) => ({
    numbers: numbered(sql`
      select distinct e.identifier_id
      from (
        select l.identifier_id_a as identifier_id from ${links} as l
        union all
        select l.identifier_id_b as identifier_id from ${links} as l
      ) as e
    `),
    edges: sql`
      -- Numbers are in the order of the identifiers, so the lesser stays the lesser.
      select distinct a.node as node_a, b.node as node_b
      from ${links} as l
      inner join ${work.numbers} as a on a.identifier_id = l.identifier_id_a
      inner join ${work.numbers} as b on b.identifier_id = l.identifier_id_b
    `,
    labels: sql`select n.node, n.node as root from ${work.numbers} as n`,
    hooks: sql`select n.node, n.node as root from ${work.numbers} as n where false`,
  }),
  step: ({ work }: { readonly work: ComponentTables }) => ({
    hooks: sql`
      -- The lesser end's own hook is itself, the greater end's is the lesser: what is greater need not be looked at.
      with neighbours as (
        select e.node_a as node, e.node_a as neighbour from ${work.edges} as e
        union all
        select e.node_b as node, e.node_a as neighbour from ${work.edges} as e
      ),

      hooks as (
        select n.node, min(n.neighbour) as root
        from neighbours as n
        group by n.node
      ),

      two_hooks as (
        select a.node, b.root
        from hooks as a
        inner join hooks as b on b.node = a.root
      )

      select a.node, b.root
      from two_hooks as a
      inner join two_hooks as b on b.node = a.root
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
      select l.node, coalesce(h.root, l.root) as root
      from ${work.labels} as l
      left join ${work.hooks} as h on h.node = l.root
    `,
  }),
  /** `identifier_id` with a link, and `least_id`, the least of those that links connect it to, itself included. */
  found: ({ work }: { readonly work: ComponentTables }) => sql`
    select n.identifier_id, r.identifier_id as least_id
    from ${work.labels} as l
    inner join ${work.numbers} as n on n.node = l.node
    inner join ${work.numbers} as r on r.node = l.root
  `,
}

/** Distinct identifiers (a query of `identifier_id`) with numbers from 1, `node`, in their order. */
export function numbered(identifiers: Sql): Sql {
  return sql`
    with nodes as (
      ${identifiers}
    ),

    -- Numbered bucket by bucket, since to sort all of them at once is one worker's task on some engines.
    bucketed as (
      select n.identifier_id, ${firstCharacters(sql`n.identifier_id`, 3)} as bucket from nodes as n
    ),

    buckets as (
      select b.bucket, count(*) as node_count
      from bucketed as b
      group by b.bucket
    ),

    offsets as (
      select
        b.bucket,
        sum(b.node_count) over (order by b.bucket rows between unbounded preceding and current row) - b.node_count as nodes_before
      from buckets as b
    )

    select
      b.identifier_id,
      o.nodes_before + row_number() over (partition by b.bucket order by b.identifier_id) as node
    from bucketed as b
    inner join offsets as o on o.bucket = b.bucket
  `
}
