import { given, unitTest } from 'throughline'
import { calendar } from '../../models/events/calendar'
import { journey_periods } from '../../models/journeys/journey_periods'
import { journey_segments } from '../../models/journeys/journey_segments'
import { journeys } from '../../models/journeys/journeys'
import { transitions } from '../../models/journeys/transitions'
import { people } from '../../models/profiles/people'

const day = { conversion: 'purchase', period: 'day', period_start: '2026-03-01', is_complete: true }
const all = { segment: '(all)', segment_value: '(all)' }
const lost = { conversion: 'purchase', started_date: '2026-03-01', outcome: 'lost' }
const converted = { ...lost, outcome: 'converted' }
const start = { ...day, ...all, position: 1, from_step: '(start)' }

export const a_shared_device_is_not_among_the_people_of_a_transition = unitTest({
  description: 'The journeys of a shared device are counted; the device itself is not a person.',
  model: transitions,
  given: [
    given(calendar, [{ calendar_date: '2026-03-01', period: 'day', period_start: '2026-03-01' }]),
    given(journey_periods, [day]),
    given(people, [
      { person_id: 'ada', is_shared_device: false },
      { person_id: 'tablet', is_shared_device: true },
    ]),
    given(journeys, [
      { ...lost, journey_id: '1', person_id: 'ada' },
      { ...lost, journey_id: '2', person_id: 'tablet' },
      { ...converted, journey_id: '3', person_id: 'tablet' },
    ]),
    given(
      journey_segments,
      ['1', '2', '3'].map(journey_id => ({ ...all, journey_id })),
    ),
  ],
  expect: ['channel', 'event', 'page'].flatMap(dimension => [
    { ...start, dimension, to_step: '(lost)', journeys: 2, people: 1, converted: 0 },
    { ...start, dimension, to_step: '(converted)', journeys: 1, people: 0, converted: 1 },
  ]),
})
