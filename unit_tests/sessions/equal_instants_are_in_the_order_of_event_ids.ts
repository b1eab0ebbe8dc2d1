import { given, unitTest } from 'throughline'
import { event_identifiers } from '../../models/events/event_identifiers'
import { events } from '../../models/events/events'
import { person_events } from '../../models/journeys/person_events'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_map } from '../../models/profiles/identity_map'

const sha256OfA = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'
const at = { occurred_at: '2026-03-01 10:00:00', is_customer_action: true }

export const equal_instants_are_in_the_order_of_event_ids = unitTest({
  description: 'Events of one instant are in the order of their ids, in whatever order they came in.',
  model: person_events,
  given: [
    given(events, [
      { event_id: 'c', ...at },
      { event_id: 'a', ...at },
      { event_id: 'b', ...at },
    ]),
    given(
      event_identifiers,
      ['b', 'c', 'a'].map(event_id => ({ event_id, identifier_id: 'u1' })),
    ),
    given(identifiers, [{ identifier_id: 'u1', is_shared: false, strength: 1 }]),
    given(identity_map, [{ identifier_id: 'u1', person_id: 'ada' }]),
  ],
  expect: [
    { event_id: 'a', session_id: sha256OfA, sequence_in_session: 1, sequence_in_person: 1 },
    { event_id: 'b', session_id: sha256OfA, sequence_in_session: 2, sequence_in_person: 2, seconds_since_previous: 0 },
    { event_id: 'c', session_id: sha256OfA, sequence_in_session: 3, sequence_in_person: 3, seconds_since_previous: 0 },
  ],
})
