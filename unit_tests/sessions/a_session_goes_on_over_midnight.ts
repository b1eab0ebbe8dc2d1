import { given, unitTest } from 'throughline'
import { event_identifiers } from '../../models/events/event_identifiers'
import { events } from '../../models/events/events'
import { person_events } from '../../models/journeys/person_events'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_map } from '../../models/profiles/identity_map'

export const a_session_goes_on_over_midnight = unitTest({
  description:
    'No cut at midnight, as in Google Analytics 4; in Mixpanel (docs/features/sessions.mdx) the third action would begin a session at 00:05.',
  model: person_events,
  given: [
    given(events, [
      { event_id: 'a', occurred_at: '2026-03-01 23:35:00', occurred_date: '2026-03-01', is_customer_action: true },
      { event_id: 'b', occurred_at: '2026-03-01 23:55:00', occurred_date: '2026-03-01', is_customer_action: true },
      { event_id: 'c', occurred_at: '2026-03-02 00:05:00', occurred_date: '2026-03-02', is_customer_action: true },
    ]),
    given(
      event_identifiers,
      ['a', 'b', 'c'].map(event_id => ({ event_id, identifier_id: 'u1' })),
    ),
    given(identifiers, [{ identifier_id: 'u1', is_shared: false, strength: 1 }]),
    given(identity_map, [{ identifier_id: 'u1', person_id: 'ada' }]),
  ],
  expect: [
    { event_id: 'a', occurred_date: '2026-03-01', sequence_in_session: 1 },
    { event_id: 'b', occurred_date: '2026-03-01', sequence_in_session: 2 },
    { event_id: 'c', occurred_date: '2026-03-02', sequence_in_session: 3 },
  ],
})
