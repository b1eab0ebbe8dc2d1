import { boolean, date, integer, key, model, sql } from 'throughline'
import { anyTrue } from '../../macros/aggregates'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { journeys } from './journeys'

export const journey_periods = model({
  description: 'One row per conversion definition and period in which a journey began.',
  grain: ['conversion', 'period', 'period_start'],
  columns: {
    conversion: key('The conversion definition, as in the config'),
    period: key('day, week, month, quarter or all').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    journeys: integer('Journeys that began in the period').atLeast(1),
    is_complete: boolean('The period is over, and no journey that began in it is open: its numbers are final'),
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with judged as (
      select
        j.conversion, c.period, c.period_start,
        coalesce(a.as_of < c.ends_at, true) or j.outcome = 'open' as may_change
      from ${journeys} as j
      inner join ${calendar} as c on c.calendar_date = j.started_date
      cross join ${as_of} as a
    )

    select
      u.conversion,
      u.period,
      u.period_start,
      count(*) as journeys,
      not ${anyTrue(sql`u.may_change`)} as is_complete
    from judged as u
    group by u.conversion, u.period, u.period_start
  `,
})
