import { given, unitTest } from 'throughline'
import { calendar } from '../../models/events/calendar'
import { journey_periods } from '../../models/journeys/journey_periods'
import { journey_segments } from '../../models/journeys/journey_segments'
import { journey_steps } from '../../models/journeys/journey_steps'
import { journeys } from '../../models/journeys/journeys'
import { transitions } from '../../models/journeys/transitions'
import { people } from '../../models/profiles/people'

const purchase = { conversion: 'purchase', started_date: '2026-03-01' }
const all = { segment: '(all)', segment_value: '(all)' }
const day = { conversion: 'purchase', period: 'day', period_start: '2026-03-01', is_complete: true }
const channel = { ...day, ...all, dimension: 'channel' }
const step = (journey_id: string, position: number, step: string, seconds_to_next: number | null) => ({
  journey_id,
  dimension: 'channel',
  position,
  step,
  seconds_to_next,
})

export const transitions_make_a_sankey = unitTest({
  description:
    'Every journey goes from (start) through its steps to its outcome, at consecutive positions; of two times the median is the lesser.',
  model: transitions,
  given: [
    given(calendar, [{ calendar_date: '2026-03-01', period: 'day', period_start: '2026-03-01' }]),
    given(journey_periods, [day]),
    given(
      people,
      ['ada', 'bob', 'eve'].map(person_id => ({ person_id, is_shared_device: false })),
    ),
    given(journeys, [
      { ...purchase, journey_id: '1', person_id: 'ada', outcome: 'converted' },
      { ...purchase, journey_id: '2', person_id: 'ada', outcome: 'converted' },
      { ...purchase, journey_id: '3', person_id: 'bob', outcome: 'lost' },
      { ...purchase, journey_id: '4', person_id: 'eve', outcome: 'open' },
      { ...purchase, journey_id: '5', person_id: 'eve', outcome: 'converted' },
    ]),
    given(
      journey_segments,
      ['1', '2', '3', '4', '5'].map(journey_id => ({ ...all, journey_id })),
    ),
    given(journey_steps, [
      step('1', 1, 'Email', 60),
      step('1', 2, 'Direct', 30),
      step('2', 1, 'Email', 20),
      step('2', 2, 'Direct', 40),
      step('3', 1, 'Email', 500),
      step('3', 2, 'Paid Search', null),
      step('4', 1, 'Direct', null),
    ]),
  ],
  expect: [
    { ...channel, position: 1, from_step: '(start)', to_step: 'Email', journeys: 3, people: 2, converted: 2 },
    { ...channel, position: 1, from_step: '(start)', to_step: 'Direct', journeys: 1, people: 1, converted: 0 },
    { ...channel, position: 1, from_step: '(start)', to_step: '(converted)', journeys: 1, people: 1, converted: 1 },
    {
      ...channel,
      position: 2,
      from_step: 'Email',
      to_step: 'Direct',
      journeys: 2,
      people: 1,
      converted: 2,
      median_seconds: 20,
    },
    {
      ...channel,
      position: 2,
      from_step: 'Email',
      to_step: 'Paid Search',
      journeys: 1,
      people: 1,
      converted: 0,
      median_seconds: 500,
    },
    { ...channel, position: 2, from_step: 'Direct', to_step: '(open)', journeys: 1, people: 1, converted: 0 },
    {
      ...channel,
      position: 3,
      from_step: 'Direct',
      to_step: '(converted)',
      journeys: 2,
      people: 1,
      converted: 2,
      median_seconds: 30,
    },
    { ...channel, position: 3, from_step: 'Paid Search', to_step: '(lost)', journeys: 1, people: 1, converted: 0 },
    // Nothing is given of the other dimensions, so journeys go from their start to their outcome.
    ...['event', 'page'].flatMap(dimension => [
      {
        ...channel,
        dimension,
        position: 1,
        from_step: '(start)',
        to_step: '(converted)',
        journeys: 3,
        people: 2,
        converted: 3,
      },
      {
        ...channel,
        dimension,
        position: 1,
        from_step: '(start)',
        to_step: '(lost)',
        journeys: 1,
        people: 1,
        converted: 0,
      },
      {
        ...channel,
        dimension,
        position: 1,
        from_step: '(start)',
        to_step: '(open)',
        journeys: 1,
        people: 1,
        converted: 0,
      },
    ]),
  ],
})
