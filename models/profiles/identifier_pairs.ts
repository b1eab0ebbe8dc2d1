import { boolean, integer, key, model, sql, text, timestamp } from 'throughline'
import { seen_identifiers } from './seen_identifiers'

export const identifier_pairs = model({
  description:
    'One row per two identifiers that were seen on one event, before any limit; each pair once, the lesser id first.',
  grain: ['identifier_id_a', 'identifier_id_b'],
  columns: {
    identifier_id_a: key('The lesser identifier'),
    identifier_id_b: key('The greater identifier'),
    identifier_kind_a: text('Kind of the lesser identifier'),
    identifier_kind_b: text('Kind of the greater identifier'),
    is_blocked: boolean('One of the two stands for nobody'),
    first_linked_at: timestamp('First event with both, UTC'),
    last_linked_at: timestamp('Last event with both, UTC'),
    event_count: integer('Events with both').atLeast(1),
  },
  tests: { always: { 'a pair stands once': sql`identifier_id_a < identifier_id_b` } },
  materialize: { kind: 'table' },
  query: () => sql`
    select
      a.identifier_id as identifier_id_a,
      b.identifier_id as identifier_id_b,
      a.identifier_kind as identifier_kind_a,
      b.identifier_kind as identifier_kind_b,
      a.blocked_reason is not null or b.blocked_reason is not null as is_blocked,
      min(a.occurred_at) as first_linked_at,
      max(a.occurred_at) as last_linked_at,
      count(*) as event_count
    from ${seen_identifiers} as a
    -- Multiplies on purpose: every two identifiers of an event.
    inner join ${seen_identifiers} as b on b.event_id = a.event_id and a.identifier_id < b.identifier_id
    group by
      a.identifier_id, b.identifier_id, a.identifier_kind, b.identifier_kind,
      a.blocked_reason is not null or b.blocked_reason is not null
  `,
})
