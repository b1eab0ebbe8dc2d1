import { date, model, sql, timestamp } from 'throughline'
import { events } from './events'

export const as_of = model({
  description:
    'The instant up to which events are known: what is open, lost or complete is judged as of it. One row, or none without events.',
  grain: ['as_of'],
  columns: {
    as_of: timestamp('Instant of the latest event, UTC'),
    as_of_date: date('Day of the latest event, in the reporting zone'),
    first_date: date('Day of the first event, in the reporting zone'),
  },
  tests: { always: { 'the first day is not after the last': sql`first_date <= as_of_date` } },
  materialize: { kind: 'table' },
  query: () => sql`
    select
      max(e.occurred_at) as as_of,
      max(e.occurred_date) as as_of_date,
      min(e.occurred_date) as first_date
    from ${events} as e
    having count(*) > 0
  `,
})
