import { date, model, sql, timestamp } from 'throughline'
import { addDays } from '../../macros/dates'
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
  tests: {
    always: {
      'the first day is not after the last': sql`first_date <= as_of_date`,
      // Every day between has its rows in calendar and kpis. So many days mean a time that is none, like 9999-12-31.
      'all events lie within a hundred years': sql`as_of_date <= ${addDays(sql`first_date`, 36_525)}`,
    },
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with known as (
      select
        max(e.occurred_at) as as_of,
        max(e.occurred_date) as as_of_date,
        min(e.occurred_date) as first_date
      from ${events} as e
    )

    select k.as_of, k.as_of_date, k.first_date
    from known as k
    where k.as_of is not null
  `,
})
