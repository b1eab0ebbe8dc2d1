import { defined, given, unitTest } from 'throughline'
import { conversions as conversionRules } from '../../models/definitions/conversions'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'

// Ada: two in one session, of one instant; one in a later session; two that are in no session. Bob: one.
const done = [
  { event_id: 'b', person_id: 'ada', session_id: 's1', occurred_at: '2026-03-01 10:00:00' },
  { event_id: 'a', person_id: 'ada', session_id: 's1', occurred_at: '2026-03-01 10:00:00' },
  { event_id: 'c', person_id: 'ada', session_id: 's2', occurred_at: '2026-03-02 10:00:00' },
  { event_id: 'd', person_id: 'ada', session_id: null, occurred_at: '2026-03-03 10:00:00' },
  { event_id: 'e', person_id: 'ada', session_id: null, occurred_at: '2026-03-04 10:00:00' },
  { event_id: 'f', person_id: 'bob', session_id: 's3', occurred_at: '2026-03-01 10:00:00' },
]
const expected = (conversion: string, numbers: Readonly<Record<string, number>>) =>
  Object.entries(numbers).map(([event_id, conversion_number]) => {
    const { person_id, session_id, occurred_at } = done.find(event => event.event_id === event_id)!
    return { conversion, event_id, person_id, session_id, converted_at: occurred_at, conversion_number }
  })

export const conversions_are_counted_as_their_definition_says = unitTest({
  description:
    'Every one; or the earliest of each session, where what is in no session stands for itself; or the earliest of each person. Of one instant the lesser event id is the earlier.',
  model: conversions,
  definitions: [
    defined(conversionRules, {
      each: { event: 'signed_up' },
      by_session: { event: 'signed_up', counts: 'once_per_session' },
      by_person: { event: 'signed_up', counts: 'once_per_person' },
    }),
  ],
  given: [
    given(
      events,
      done.map(({ event_id, occurred_at }) => ({ event_id, occurred_at, event_name: 'signed_up' })),
    ),
    given(
      person_events,
      done.map(event => ({ ...event, is_counted: true })),
    ),
  ],
  expect: [
    ...expected('each', { a: 1, b: 2, c: 3, d: 4, e: 5, f: 1 }),
    ...expected('by_session', { a: 1, c: 2, d: 3, e: 4, f: 1 }),
    ...expected('by_person', { a: 1, f: 1 }),
  ],
})
