import { boolean, integer, key, model, references, sql, text, timestamp } from 'throughline'
import { identifier_pairs } from './identifier_pairs'
import { identifiers } from './identifiers'

export const identity_links = model({
  description: 'One row per link between two identifiers: why they are, or are not, one person.',
  grain: ['identifier_id_a', 'identifier_id_b', 'rule'],
  columns: {
    identifier_id_a: references(identifiers.columns.identifier_id),
    identifier_id_b: references(identifiers.columns.identifier_id),
    rule: key('Why they are linked; same_event: both were seen on one event').oneOf(['same_event']),
    first_linked_at: timestamp('First event with both, UTC'),
    last_linked_at: timestamp('Last event with both, UTC'),
    event_count: integer('Events with both').atLeast(1),
    is_active: boolean('Makes the two one person'),
    inactive_reason: text('Why not; NULL where it does').nullable(),
  },
  tests: { always: { 'an inactive link has a reason, and only that': sql`is_active = (inactive_reason is null)` } },
  materialize: { kind: 'table' },
  query: () => sql`
    with reasoned as (
      select
        p.identifier_id_a, p.identifier_id_b, p.first_linked_at, p.last_linked_at, p.event_count,
        coalesce(
          case when a.is_blocked then a.identifier_kind || ' ' || a.reason end,
          case when b.is_blocked then b.identifier_kind || ' ' || b.reason end,
          case when a.is_shared then a.identifier_kind || ' ' || a.reason end,
          case when b.is_shared then b.identifier_kind || ' ' || b.reason end
        ) as inactive_reason
      from ${identifier_pairs} as p
      inner join ${identifiers} as a on a.identifier_id = p.identifier_id_a
      inner join ${identifiers} as b on b.identifier_id = p.identifier_id_b
    )

    select
      r.identifier_id_a,
      r.identifier_id_b,
      'same_event' as rule,
      r.first_linked_at,
      r.last_linked_at,
      r.event_count,
      r.inactive_reason is null as is_active,
      r.inactive_reason
    from reasoned as r
  `,
})
