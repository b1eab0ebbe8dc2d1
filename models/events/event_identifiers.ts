import { model, references, sql } from 'throughline'
import { seen_identifiers } from '../profiles/seen_identifiers'
import { events } from './events'

export const event_identifiers = model({
  description:
    'One row per event and identifier on it that may identify somebody; the value itself stands in identifiers alone.',
  grain: ['event_id', 'identifier_id'],
  columns: {
    event_id: references(events.columns.event_id),
    identifier_id: seen_identifiers.columns.identifier_id,
    identifier_kind: seen_identifiers.columns.identifier_kind,
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select s.seen_id as event_id, s.identifier_id, s.identifier_kind
    from ${seen_identifiers} as s
    where s.seen_in = 'event' and s.blocked_reason is null
  `,
})
