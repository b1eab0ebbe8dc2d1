import { given, unitTest } from 'throughline'
import { calendar } from '../../models/events/calendar'
import { journey_periods } from '../../models/journeys/journey_periods'
import { journey_steps } from '../../models/journeys/journey_steps'
import { journeys } from '../../models/journeys/journeys'
import { paths } from '../../models/journeys/paths'

const purchase = { conversion: 'purchase', started_date: '2026-03-01' }
const steps = (journey_id: string, dimension: string, names: readonly string[]) =>
  names.map((step, index) => ({ journey_id, dimension, position: index + 1, step }))
const day = { conversion: 'purchase', period: 'day', period_start: '2026-03-01', is_complete: true }

export const journeys_of_one_path_are_counted_together = unitTest({
  description:
    'Journeys with the same steps are one path, whatever their outcome; the median is the nearest rank among those converted: the second of four.',
  model: paths,
  given: [
    given(calendar, [{ calendar_date: '2026-03-01', period: 'day', period_start: '2026-03-01' }]),
    given(journey_periods, [day]),
    given(journeys, [
      { ...purchase, journey_id: '1', outcome: 'converted', duration_days: 8, revenue: '10.10' },
      { ...purchase, journey_id: '2', outcome: 'converted', duration_days: 1, revenue: '20.20' },
      { ...purchase, journey_id: '3', outcome: 'converted', duration_days: 2.5, revenue: 0 },
      { ...purchase, journey_id: '4', outcome: 'converted', duration_days: 4, revenue: 0 },
      { ...purchase, journey_id: '5', outcome: 'lost', duration_days: 0.5, revenue: 0 },
      { ...purchase, journey_id: '6', outcome: 'open', duration_days: 3, revenue: 0 },
      { ...purchase, journey_id: '7', outcome: 'converted', duration_days: 0, revenue: '5' },
    ]),
    given(journey_steps, [
      ...['1', '2', '3', '4', '5'].flatMap(id => steps(id, 'channel', ['Email', 'Direct'])),
      ...steps('6', 'channel', ['Direct', 'Email']),
      ...['1', '2', '3', '4', '5', '6'].flatMap(id => steps(id, 'event', ['session_started'])),
      ...['1', '2', '3', '4', '5', '6'].flatMap(id => steps(id, 'page', ['/a', '(none)', '/a'])),
    ]),
  ],
  expect: [
    {
      ...day,
      dimension: 'channel',
      path: 'Email > Direct',
      step_count: 2,
      journeys: 5,
      converted: 4,
      revenue: '30.30',
      median_days: 2.5,
    },
    { ...day, dimension: 'channel', path: 'Direct > Email', step_count: 2, journeys: 1, converted: 0, revenue: 0 },
    {
      ...day,
      dimension: 'channel',
      path: '(no touchpoint)',
      step_count: 0,
      journeys: 1,
      converted: 1,
      revenue: '5',
      median_days: 0,
    },
    {
      ...day,
      dimension: 'event',
      path: 'session_started',
      step_count: 1,
      journeys: 6,
      converted: 4,
      revenue: '30.30',
      median_days: 2.5,
    },
    {
      ...day,
      dimension: 'event',
      path: '(no touchpoint)',
      step_count: 0,
      journeys: 1,
      converted: 1,
      revenue: '5',
      median_days: 0,
    },
    {
      ...day,
      dimension: 'page',
      path: '/a > (none) > /a',
      step_count: 3,
      journeys: 6,
      converted: 4,
      revenue: '30.30',
      median_days: 2.5,
    },
    {
      ...day,
      dimension: 'page',
      path: '(no touchpoint)',
      step_count: 0,
      journeys: 1,
      converted: 1,
      revenue: '5',
      median_days: 0,
    },
  ],
})
