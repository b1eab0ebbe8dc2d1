import { date, key, model, sql } from 'throughline'
import { plusSeconds } from '../../macros/time'
import { sessions as sessionRules } from '../definitions/sessions'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { sessions } from './sessions'

export const open_periods = model({
  description: 'One row per period in which a session began that may still go on.',
  grain: ['period', 'period_start'],
  columns: {
    period: key('day, week, month, quarter or all').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
  },
  materialize: { kind: 'inline' },
  uses: { sessionRules },
  query: ({ sessionRules: { timeout } }) => sql`
    select distinct c.period, c.period_start
    from ${sessions} as s
    cross join ${as_of} as a
    inner join ${calendar} as c on c.calendar_date = s.started_date
    where a.as_of <= ${plusSeconds(sql`s.ended_at`, timeout)}
  `,
})
