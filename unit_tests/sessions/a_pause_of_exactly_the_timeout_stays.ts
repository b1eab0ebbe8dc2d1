import { defined, given, unitTest } from 'throughline'
import { sessions as sessionRules } from '../../models/definitions/sessions'
import { event_identifiers } from '../../models/events/event_identifiers'
import { events } from '../../models/events/events'
import { person_events } from '../../models/journeys/person_events'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_map } from '../../models/profiles/identity_map'

const sha256OfA = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'
const sha256OfC = '2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6'

export const a_pause_of_exactly_the_timeout_stays = unitTest({
  description:
    'A pause of exactly the timeout stays in the session, one of a microsecond more begins a new one; a session is named by its first event.',
  model: person_events,
  definitions: [defined(sessionRules, { timeout: '30 minutes' })],
  given: [
    given(events, [
      { event_id: 'a', occurred_at: '2026-03-01 10:00:00', is_customer_action: true },
      { event_id: 'b', occurred_at: '2026-03-01 10:30:00', is_customer_action: true },
      { event_id: 'c', occurred_at: '2026-03-01 11:00:00.000001', is_customer_action: true },
    ]),
    given(
      event_identifiers,
      ['a', 'b', 'c'].map(event_id => ({ event_id, identifier_id: 'u1' })),
    ),
    given(identifiers, [{ identifier_id: 'u1', is_shared: false, strength: 1 }]),
    given(identity_map, [{ identifier_id: 'u1', person_id: 'ada' }]),
  ],
  expect: [
    { event_id: 'a', session_id: sha256OfA, sequence_in_session: 1, sequence_in_person: 1 },
    {
      event_id: 'b',
      session_id: sha256OfA,
      sequence_in_session: 2,
      sequence_in_person: 2,
      seconds_since_previous: 1800,
    },
    {
      event_id: 'c',
      session_id: sha256OfC,
      sequence_in_session: 1,
      sequence_in_person: 3,
      seconds_since_previous: 1800,
    },
  ],
})
