import { boolean, integer, key, model, sql, text, timestamp } from 'throughline'
import { earliestText } from '../../macros/aggregates'
import { links_by_hand } from './links_by_hand'
import { seen_identifiers } from './seen_identifiers'

export const identifier_pairs = model({
  description:
    'One row per two identifiers that were seen on one event, and per two that stand in one record, before any limit; each pair once, the lesser id first.',
  grain: ['identifier_id_a', 'identifier_id_b', 'rule'],
  columns: {
    identifier_id_a: key('The lesser identifier'),
    identifier_id_b: key('The greater identifier'),
    rule: key('What they were seen together in').oneOf(['same_event', 'same_record']),
    identifier_kind_a: text('Kind of the lesser identifier'),
    identifier_kind_b: text('Kind of the greater identifier'),
    is_blocked: boolean('One of the two stands for nobody'),
    is_kept_apart: boolean('The config keeps the two apart'),
    first_linked_at: timestamp('First event or record with both, UTC'),
    last_linked_at: timestamp('Last event or record with both, UTC'),
    first_seen_id: text('First event or record with both'),
    sighting_count: integer('Events or records with both').atLeast(1),
  },
  tests: { always: { 'a pair stands once': sql`identifier_id_a < identifier_id_b` } },
  materialize: { kind: 'table' },
  query: () => sql`
    with pairs as (
      select
        a.identifier_id as identifier_id_a,
        b.identifier_id as identifier_id_b,
        a.seen_in,
        a.identifier_kind as identifier_kind_a,
        b.identifier_kind as identifier_kind_b,
        a.blocked_reason is not null or b.blocked_reason is not null as is_blocked,
        min(a.seen_at) as first_linked_at,
        max(a.seen_at) as last_linked_at,
        ${earliestText(sql`a.seen_id`, sql`a.seen_at`)} as first_seen_id,
        count(*) as sighting_count
      from ${seen_identifiers} as a
      -- Multiplies on purpose: every two identifiers of an event, or of a record.
      inner join ${seen_identifiers} as b
        on b.seen_id = a.seen_id and b.seen_in = a.seen_in and a.identifier_id < b.identifier_id
      group by
        a.identifier_id, b.identifier_id, a.seen_in, a.identifier_kind, b.identifier_kind,
        a.blocked_reason is not null or b.blocked_reason is not null
    )

    select
      p.identifier_id_a,
      p.identifier_id_b,
      'same_' || p.seen_in as rule,
      p.identifier_kind_a,
      p.identifier_kind_b,
      p.is_blocked,
      h.decision is not null as is_kept_apart,
      p.first_linked_at,
      p.last_linked_at,
      p.first_seen_id,
      p.sighting_count
    from pairs as p
    left join ${links_by_hand} as h
      on h.identifier_id_a = p.identifier_id_a and h.identifier_id_b = p.identifier_id_b and h.decision = 'keep_apart'
  `,
})
