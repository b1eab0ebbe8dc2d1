import { given, unitTest } from 'throughline'
import { event_identifiers } from '../../models/events/event_identifiers'
import { events } from '../../models/events/events'
import { person_events } from '../../models/journeys/person_events'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_map } from '../../models/profiles/identity_map'

export const what_is_no_customer_action_makes_no_session = unitTest({
  description:
    'A refund at night opens no session, and an email sent in between bridges no pause; both are events of the person all the same.',
  model: person_events,
  given: [
    given(events, [
      { event_id: 'viewed', occurred_at: '2026-03-01 10:00:00', is_customer_action: true },
      { event_id: 'emailed', occurred_at: '2026-03-01 10:20:00', is_customer_action: false },
      { event_id: 'ordered', occurred_at: '2026-03-01 10:40:00', is_customer_action: true },
      { event_id: 'refunded', occurred_at: '2026-03-02 03:00:00', is_customer_action: false },
    ]),
    given(
      event_identifiers,
      ['viewed', 'emailed', 'ordered', 'refunded'].map(event_id => ({ event_id, identifier_id: 'u1' })),
    ),
    given(identifiers, [{ identifier_id: 'u1', is_shared: false, strength: 1 }]),
    given(identity_map, [{ identifier_id: 'u1', person_id: 'ada' }]),
  ],
  expect: [
    {
      event_id: 'viewed',
      person_id: 'ada',
      session_id: '43974198e81582f557f411e4af4974f85ea0569920496712c537e50a17be1518',
      sequence_in_session: 1,
      sequence_in_person: 1,
    },
    { event_id: 'emailed', person_id: 'ada', sequence_in_person: 2, seconds_since_previous: 1200 },
    {
      event_id: 'ordered',
      person_id: 'ada',
      session_id: '7fdbf2f7e97fe77abfa3b1191e40719930e715779c65caa3453f7c349ac525b7',
      sequence_in_session: 1,
      sequence_in_person: 3,
      seconds_since_previous: 1200,
    },
    { event_id: 'refunded', person_id: 'ada', sequence_in_person: 4, seconds_since_previous: 58_800 },
  ],
})
