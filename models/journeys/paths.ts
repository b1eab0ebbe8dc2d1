import { boolean, date, integer, key, model, number, real, sql, text, type } from 'throughline'
import { joinedText } from '../../macros/aggregates'
import { median } from '../../macros/percentiles'
import { reporting } from '../definitions/reporting'
import { calendar, periods } from '../events/calendar'
import { journey_periods } from './journey_periods'
import { dimensionRows, dimensions, journey_steps } from './journey_steps'
import { journeys } from './journeys'

export const paths = model({
  description:
    'One row per path that journeys took, by conversion definition, dimension and the period in which they began. Journeys, conversions and revenue may be summed over paths and over periods of one kind, never over definitions or dimensions.',
  grain: ['conversion', 'dimension', 'period', 'period_start', 'path'],
  columns: {
    conversion: key('The conversion definition, as in the config'),
    dimension: key('What steps are told by: channel, event or page').oneOf(dimensions),
    period: key('day, week, month, quarter or all: that in which the journeys began').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    path: key(
      "The steps in order, as 'Email > Direct'; (no touchpoint) for conversions without one. What comes twice in a row is one step",
    ),
    step_count: integer('Steps of the path; 0 without a touchpoint').atLeast(0),
    journeys: integer('Journeys that took the path, whatever their outcome').atLeast(1),
    converted: integer('Those of them that ended in a conversion').atLeast(0),
    revenue: number('Revenue of these conversions, in the reporting currency'),
    currency: text('The reporting currency, that of the revenue'),
    median_days: real(
      'Days from start to conversion: the median of the converted journeys, by nearest rank; NULL where none converted',
    )
      .nullable()
      .atLeast(0),
    is_complete: boolean('The period is over, and no journey that began in it is open: its numbers are final'),
  },
  tests: {
    always: {
      'not more converted than there were': sql`converted <= journeys`,
      'revenue comes from conversions': sql`converted > 0 or revenue = 0`,
      'a median is that of conversions': sql`(converted > 0) = (median_days is not null)`,
    },
    never: {
      'a dimension and period whose paths are not all of its journeys': self => sql`
        with counted as (
          select p.conversion, p.dimension, p.period, p.period_start, sum(p.journeys) as journeys
          from ${self} as p
          group by p.conversion, p.dimension, p.period, p.period_start
        ),

        expected as (
          select p.conversion, d.dimension, p.period, p.period_start, p.journeys
          from ${journey_periods} as p
          cross join ${dimensionRows} as d
        )

        select coalesce(c.conversion, e.conversion) as conversion
        from counted as c
        full join expected as e
          on e.conversion = c.conversion and e.dimension = c.dimension
          and e.period = c.period and e.period_start = c.period_start
        where coalesce(c.journeys, 0) <> coalesce(e.journeys, 0)
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { reporting },
  query: ({ reporting: { currency } }) => sql`
    with walked as (
      select
        s.journey_id, s.dimension,
        ${joinedText(sql`s.step`, ' > ', sql`s.position`)} as path,
        count(*) as step_count
      from ${journey_steps} as s
      group by s.journey_id, s.dimension
    ),

    taken as (
      select
        j.conversion, d.dimension, j.started_date, j.revenue,
        coalesce(w.path, '(no touchpoint)') as path,
        coalesce(w.step_count, 0) as step_count,
        case when j.outcome = 'converted' then 1 else 0 end as converted,
        case when j.outcome = 'converted' then j.duration_days end as days
      from ${journeys} as j
      cross join ${dimensionRows} as d
      left join walked as w on w.journey_id = j.journey_id and w.dimension = d.dimension
    ),

    -- A journey is told once in each of the five periods in which it began.
    counted as (
      select
        t.conversion, t.dimension, c.period, c.period_start, t.path,
        max(t.step_count) as step_count,
        count(*) as journeys,
        sum(t.converted) as converted,
        cast(sum(t.revenue) as ${type.number}) as revenue,
        ${median(sql`t.days`)} as median_days
      from taken as t
      inner join ${calendar} as c on c.calendar_date = t.started_date
      group by t.conversion, t.dimension, c.period, c.period_start, t.path
    )

    select
      c.conversion,
      c.dimension,
      c.period,
      c.period_start,
      c.path,
      c.step_count,
      c.journeys,
      c.converted,
      c.revenue,
      ${currency} as currency,
      c.median_days,
      p.is_complete
    from counted as c
    inner join ${journey_periods} as p
      on p.conversion = c.conversion and p.period = c.period and p.period_start = c.period_start
  `,
})
