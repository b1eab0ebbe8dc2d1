import { defined, givenRaw, unitTest } from 'throughline'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

const row = { event_timestamp: 1_704_063_600_000_000 }

export const events_before_the_first_day_are_left_out = unitTest({
  description: 'The first day is the first that is read, by the clock of the property, whatever the day is in UTC.',
  model: stg_ga4__events,
  definitions: [defined(ga4, { folder: 'raw/ga4', since: '2024-01-01' })],
  given: [
    givenRaw(ga4.tables.events, [
      { ...row, event_date: '20231231', event_name: 'before' },
      { ...row, event_date: '20240101', event_name: 'first' },
      { ...row, event_date: '20240102', event_name: 'later' },
    ]),
  ],
  expect: [
    { raw_event_name: 'first', occurred_at: '2023-12-31 23:00:00' },
    { raw_event_name: 'later', occurred_at: '2023-12-31 23:00:00' },
  ],
})
