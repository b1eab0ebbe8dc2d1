import { given, unitTest } from 'throughline'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { journey_periods } from '../../models/journeys/journey_periods'
import { journeys } from '../../models/journeys/journeys'

const day = (date: string, ends_at: string) => ({ calendar_date: date, period: 'day', period_start: date, ends_at })
const all = (date: string) => ({ calendar_date: date, period: 'all', period_start: '2026-03-01', ends_at: null })

export const a_period_is_complete_when_no_journey_is_open = unitTest({
  description:
    'A period is complete when it is over and no journey that began in it is open, for each definition apart; all never is.',
  model: journey_periods,
  given: [
    given(as_of, [{ as_of: '2026-03-04 00:00:00' }]),
    given(calendar, [
      day('2026-03-01', '2026-03-02 00:00:00'),
      day('2026-03-02', '2026-03-03 00:00:00'),
      day('2026-03-03', '2026-03-04 00:00:00'),
      day('2026-03-04', '2026-03-05 00:00:00'),
      all('2026-03-01'),
      all('2026-03-02'),
      all('2026-03-03'),
      all('2026-03-04'),
    ]),
    given(journeys, [
      { conversion: 'purchase', started_date: '2026-03-01', outcome: 'converted' },
      { conversion: 'purchase', started_date: '2026-03-01', outcome: 'lost' },
      { conversion: 'purchase', started_date: '2026-03-02', outcome: 'lost' },
      { conversion: 'purchase', started_date: '2026-03-02', outcome: 'open' },
      { conversion: 'purchase', started_date: '2026-03-03', outcome: 'converted' },
      { conversion: 'purchase', started_date: '2026-03-04', outcome: 'converted' },
      { conversion: 'newsletter', started_date: '2026-03-02', outcome: 'converted' },
    ]),
  ],
  expect: [
    { conversion: 'purchase', period: 'day', period_start: '2026-03-01', journeys: 2, is_complete: true },
    { conversion: 'purchase', period: 'day', period_start: '2026-03-02', journeys: 2, is_complete: false },
    { conversion: 'purchase', period: 'day', period_start: '2026-03-03', journeys: 1, is_complete: true },
    { conversion: 'purchase', period: 'day', period_start: '2026-03-04', journeys: 1, is_complete: false },
    { conversion: 'purchase', period: 'all', period_start: '2026-03-01', journeys: 6, is_complete: false },
    { conversion: 'newsletter', period: 'day', period_start: '2026-03-02', journeys: 1, is_complete: true },
    { conversion: 'newsletter', period: 'all', period_start: '2026-03-01', journeys: 1, is_complete: false },
  ],
})
