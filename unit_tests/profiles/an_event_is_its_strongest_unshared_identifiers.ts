import { given, unitTest } from 'throughline'
import { event_identifiers } from '../../models/events/event_identifiers'
import { events } from '../../models/events/events'
import { person_events } from '../../models/journeys/person_events'
import { identifiers } from '../../models/profiles/identifiers'
import { identity_map } from '../../models/profiles/identity_map'

const seen = {
  'user and shared device': ['ada', 'tablet'],
  'shared device alone': ['tablet'],
  'shared user and own device': ['demo', 'phone'],
  'shared user and shared device': ['tablet', 'demo'],
  'two users': ['ada', 'bob'],
  'no identifier': [],
}

export const an_event_is_its_strongest_unshared_identifiers = unitTest({
  description:
    'An event belongs to the person of its strongest identifier that is not shared, of equally strong ones of that first seen; where all are shared, to the strongest of them; without any, to a person of its own.',
  model: person_events,
  given: [
    given(
      events,
      Object.keys(seen).map(event_id => ({ event_id, occurred_at: '2026-03-01 10:00:00', is_customer_action: true })),
    ),
    given(
      event_identifiers,
      Object.entries(seen).flatMap(([event_id, ids]) => ids.map(identifier_id => ({ event_id, identifier_id }))),
    ),
    given(identifiers, [
      {
        identifier_id: 'ada',
        strength: 1,
        first_seen_at: '2026-03-01 10:00:00',
        identifier_value: 'a',
        is_shared: false,
      },
      {
        identifier_id: 'bob',
        strength: 1,
        first_seen_at: '2026-02-01 10:00:00',
        identifier_value: 'b',
        is_shared: false,
      },
      {
        identifier_id: 'demo',
        strength: 1,
        first_seen_at: '2026-01-01 10:00:00',
        identifier_value: 'd',
        is_shared: true,
      },
      {
        identifier_id: 'phone',
        strength: 5,
        first_seen_at: '2026-03-01 10:00:00',
        identifier_value: 'p',
        is_shared: false,
      },
      {
        identifier_id: 'tablet',
        strength: 5,
        first_seen_at: '2026-01-01 10:00:00',
        identifier_value: 't',
        is_shared: true,
      },
    ]),
    given(identity_map, [
      { identifier_id: 'ada', person_id: 'person ada' },
      { identifier_id: 'bob', person_id: 'person bob' },
      { identifier_id: 'demo', person_id: 'demo' },
      { identifier_id: 'phone', person_id: 'person cleo' },
      { identifier_id: 'tablet', person_id: 'tablet' },
    ]),
  ],
  expect: [
    { event_id: 'user and shared device', person_id: 'person ada' },
    { event_id: 'shared device alone', person_id: 'tablet' },
    { event_id: 'shared user and own device', person_id: 'person cleo' },
    { event_id: 'shared user and shared device', person_id: 'demo' },
    { event_id: 'two users', person_id: 'person bob' },
    { event_id: 'no identifier', person_id: 'event:no identifier' },
  ],
})
