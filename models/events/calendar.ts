import { date, key, model, rows, sql, text, timestamp } from 'throughline'
import {
  addDays,
  eachDay,
  midnight,
  startOfMondayWeek,
  startOfMonth,
  startOfQuarter,
  startOfSundayWeek,
} from '../../macros/dates'
import { localToInstant } from '../../macros/time'
import { reporting } from '../definitions/reporting'
import { as_of } from './as_of'

/** What numbers are told by; `all` is everything. */
export const periods = ['day', 'week', 'month', 'quarter', 'all'] as const

export const calendar = model({
  description:
    'One row per day, from that of the first event to that of the last, and period that it lies in: join on the day.',
  grain: ['calendar_date', 'period'],
  columns: {
    calendar_date: date('A day, in the reporting zone'),
    period: key('day, week, month, quarter or all').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    ends_at: timestamp('Instant at which the period is over, UTC; NULL for all, which never is').nullable(),
  },
  tests: {
    always: {
      'a period starts on its days or before': sql`period_start <= calendar_date`,
      'only all has no end': sql`(ends_at is null) = (period = 'all')`,
    },
  },
  materialize: { kind: 'table' },
  uses: { reporting },
  query: ({ reporting: { timezone, week_starts_on } }) => {
    const startOfWeek = week_starts_on === 'monday' ? startOfMondayWeek : startOfSundayWeek
    return sql`
      with days as (
        select d.calendar_date, a.first_date
        from ${as_of} as a
        cross join ${eachDay(sql`a.first_date`, sql`a.as_of_date`)} as d
      ),

      starts as (
        select
          d.calendar_date,
          p.period,
          case p.period
            when 'day' then d.calendar_date
            when 'week' then ${startOfWeek(sql`d.calendar_date`)}
            when 'month' then ${startOfMonth(sql`d.calendar_date`)}
            when 'quarter' then ${startOfQuarter(sql`d.calendar_date`)}
            else d.first_date
          end as period_start
        from days as d
        cross join ${rows(
          { period: text('Period') },
          periods.map(period => ({ period })),
        )} as p
      ),

      -- So many days on, every month and quarter is over and the next has begun.
      ends as (
        select
          s.calendar_date, s.period, s.period_start,
          case s.period
            when 'day' then ${addDays(sql`s.period_start`, 1)}
            when 'week' then ${addDays(sql`s.period_start`, 7)}
            when 'month' then ${startOfMonth(addDays(sql`s.period_start`, 31))}
            when 'quarter' then ${startOfQuarter(addDays(sql`s.period_start`, 92))}
          end as next_start
        from starts as s
      )

      select
        e.calendar_date,
        e.period,
        e.period_start,
        ${localToInstant(midnight(sql`e.next_start`), timezone)} as ends_at
      from ends as e
    `
  },
})
