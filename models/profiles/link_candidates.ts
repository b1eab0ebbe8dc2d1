import { integer, join, key, model, references, type Sql, sql, text, timestamp, type } from 'throughline'
import { greaterInstant } from '../../macros/comparison'
import { identity } from '../definitions/identity'
import { identifier_pairs } from './identifier_pairs'
import { identifiers } from './identifiers'
import { links_by_hand } from './links_by_hand'

export const link_candidates = model({
  description:
    'One row per link between two identifiers, and why it could not make them one person, whatever others there are.',
  grain: ['identifier_id_a', 'identifier_id_b', 'rule'],
  columns: {
    identifier_id_a: references(identifiers.columns.identifier_id),
    identifier_id_b: references(identifiers.columns.identifier_id),
    rule: key(
      'Why they are linked; same_event: both were seen on one event; same_record: a system keeps both in one record; merged: the config says so',
    ).oneOf(['same_event', 'same_record', 'merged']),
    identifier_kind_a: text('Kind of the lesser identifier'),
    identifier_kind_b: text('Kind of the greater identifier'),
    first_linked_at: timestamp(
      'First event or record with both, UTC; of a merged link, since when both have been seen',
    ),
    last_linked_at: timestamp('Last event or record with both, UTC; of a merged link, since when both have been seen'),
    event_count: integer('Events with both').atLeast(0),
    record_count: integer('Records with both').atLeast(0),
    first_event_id: text('First event with both; NULL for other rules').nullable(),
    first_record_id: text('First record with both; NULL for other rules').nullable(),
    inactive_reason: text('Why it joins nobody; NULL where it may').nullable(),
  },
  materialize: { kind: 'table' },
  uses: { identity },
  query: ({ identity: { links } }) => sql`
    with linked as (
      select
        p.identifier_id_a, p.identifier_id_b, p.rule, p.first_linked_at, p.last_linked_at, p.is_kept_apart,
        case p.rule when 'same_event' then p.sighting_count else 0 end as event_count,
        case p.rule when 'same_record' then p.sighting_count else 0 end as record_count,
        case p.rule when 'same_event' then p.first_seen_id end as first_event_id,
        case p.rule when 'same_record' then p.first_seen_id end as first_record_id
      from ${identifier_pairs} as p
      union all
      select
        h.identifier_id_a, h.identifier_id_b, 'merged' as rule,
        ${greaterInstant(sql`a.first_seen_at`, sql`b.first_seen_at`)} as first_linked_at,
        ${greaterInstant(sql`a.first_seen_at`, sql`b.first_seen_at`)} as last_linked_at,
        false as is_kept_apart, 0 as event_count, 0 as record_count,
        cast(null as ${type.text}) as first_event_id, cast(null as ${type.text}) as first_record_id
      from ${links_by_hand} as h
      -- What was never seen links nobody; those that it would have joined are merged with each other as well.
      inner join ${identifiers} as a on a.identifier_id = h.identifier_id_a
      inner join ${identifiers} as b on b.identifier_id = h.identifier_id_b
      where h.decision = 'merge'
    )

    select
      l.identifier_id_a,
      l.identifier_id_b,
      l.rule,
      a.identifier_kind as identifier_kind_a,
      b.identifier_kind as identifier_kind_b,
      l.first_linked_at,
      l.last_linked_at,
      l.event_count,
      l.record_count,
      l.first_event_id,
      l.first_record_id,
      coalesce(
        case when a.is_blocked then a.identifier_kind || ' ' || a.reason end,
        case when b.is_blocked then b.identifier_kind || ' ' || b.reason end,
        case when l.is_kept_apart then 'unmerged by hand' end,
        case when l.rule <> 'merged' and not ${mayLink(links)} then 'kinds that do not link' end,
        case when a.is_shared then a.identifier_kind || ' ' || a.reason end,
        case when b.is_shared then b.identifier_kind || ' ' || b.reason end
      ) as inactive_reason
    from linked as l
    inner join ${identifiers} as a on a.identifier_id = l.identifier_id_a
    inner join ${identifiers} as b on b.identifier_id = l.identifier_id_b
  `,
})

function mayLink(links: 'all' | readonly (readonly [string, string])[]): Sql {
  if (links === 'all') return sql`true`
  const conditions = links.map(
    ([one, other]) => sql`
      (a.identifier_kind = ${one} and b.identifier_kind = ${other} or a.identifier_kind = ${other} and b.identifier_kind = ${one})
    `,
  )
  return conditions.length === 0 ? sql`false` : sql`(${join(conditions, ' or ')})`
}
