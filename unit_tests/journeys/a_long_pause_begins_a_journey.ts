import { defined, given, unitTest } from 'throughline'
import { journeys as journeyRules } from '../../models/definitions/journeys'
import { conversions } from '../../models/journeys/conversions'
import { journey_moments } from '../../models/journeys/journey_moments'
import { touchpoints } from '../../models/journeys/touchpoints'

const purchase = { conversion: 'purchase' }

export const a_long_pause_begins_a_journey = unitTest({
  description:
    'A pause of lost_after belongs to the journey, a longer one begins another; a conversion after such a pause, or with no touchpoint since the last one, has a journey of its own.',
  model: journey_moments,
  definitions: [defined(journeyRules, { lost_after: '10 days' })],
  given: [
    given(touchpoints, [
      { person_id: 'at the limit', event_id: 'a1', touched_at: '2026-03-01 10:00:00', channel: 'Email' },
      { person_id: 'at the limit', event_id: 'a2', touched_at: '2026-03-11 10:00:00', channel: 'Email' },
      { person_id: 'past the limit', event_id: 'b1', touched_at: '2026-03-01 10:00:00', channel: 'Email' },
      { person_id: 'past the limit', event_id: 'b2', touched_at: '2026-03-11 10:00:00.000001', channel: 'Email' },
      { person_id: 'buys late', event_id: 'c1', touched_at: '2026-03-01 10:00:00', channel: 'Email' },
      { person_id: 'buys again', event_id: 'd1', touched_at: '2026-03-01 10:00:00', channel: 'Email' },
    ]),
    given(conversions, [
      {
        ...purchase,
        person_id: 'at the limit',
        conversion_id: 'a',
        event_id: 'a3',
        converted_at: '2026-03-21 10:00:00',
      },
      {
        ...purchase,
        person_id: 'buys late',
        conversion_id: 'c',
        event_id: 'c2',
        converted_at: '2026-03-11 10:00:00.000001',
      },
      { ...purchase, person_id: 'buys again', conversion_id: 'd', event_id: 'd2', converted_at: '2026-03-02 10:00:00' },
      {
        ...purchase,
        person_id: 'buys again',
        conversion_id: 'dd',
        event_id: 'd3',
        converted_at: '2026-03-03 10:00:00',
      },
    ]),
  ],
  expect: [
    { person_id: 'at the limit', moment_number: 1, event_id: 'a1' },
    { person_id: 'at the limit', moment_number: 2, event_id: 'a2' },
    { person_id: 'at the limit', moment_number: 3, event_id: 'a3', conversion_id: 'a' },
    { person_id: 'past the limit', moment_number: 1, event_id: 'b1' },
    { person_id: 'past the limit', moment_number: 1, event_id: 'b2' },
    { person_id: 'buys late', moment_number: 1, event_id: 'c1' },
    { person_id: 'buys late', moment_number: 1, event_id: 'c2', conversion_id: 'c' },
    { person_id: 'buys again', moment_number: 1, event_id: 'd1' },
    { person_id: 'buys again', moment_number: 2, event_id: 'd2', conversion_id: 'd' },
    { person_id: 'buys again', moment_number: 1, event_id: 'd3', conversion_id: 'dd' },
  ],
})
