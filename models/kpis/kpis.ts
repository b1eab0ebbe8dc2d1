import { boolean, date, integer, key, model, number, real, rows, sql, text, type } from 'throughline'
import { kpisOf, kpiUnits } from '../../macros/kpi-list'
import { ratio, toReal } from '../../macros/numbers'
import { plusSeconds } from '../../macros/time'
import { attribution as attributionRules } from '../definitions/attribution'
import { conversions as conversionRules } from '../definitions/conversions'
import { funnels as funnelRules } from '../definitions/funnels'
import { type Objective, objectives as objectiveRules, refuseWrongObjectives } from '../definitions/objectives'
import { reporting } from '../definitions/reporting'
import { segments } from '../definitions/segments'
import { stages as stageRules } from '../definitions/stages'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { open_periods } from '../journeys/open_periods'
import { kpi_catalog } from './kpi_catalog'
import { kpi_counts } from './kpi_counts'

export const kpis = model({
  description:
    'One row per KPI, segment and period: each KPI for all in every period of the calendar, and for each value of a segment in the periods in which anything was counted of it (what has to do with spend by channel alone). Rates and averages are never summed or averaged: sum numerators and denominators, over periods of one kind alone, and never those of people. What each says, and when its segment is read, stands in kpi_catalog.',
  grain: ['kpi', 'segment', 'segment_value', 'period', 'period_start'],
  columns: {
    kpi: key('Its name, as in kpi_catalog: that of the conversion, the funnel or the stage, and what is measured'),
    segment: key('What it is told by, as channel; (all) for all. Segments overlap and do not sum'),
    segment_value: key('The value; (all) for all, (none) where there is none'),
    period: key('day, week, month, quarter or all').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    numerator: number('What was counted; of a sum or a count, the value itself, exactly'),
    denominator: number('What it is divided by; NULL for a sum or a count').nullable(),
    value: real(
      'numerator / denominator, NULL where the denominator is 0; of a sum or a count, the numerator',
    ).nullable(),
    unit: text('rate (a share of 1), ratio (so much for one), seconds, currency or count').oneOf(kpiUnits),
    currency: text('The reporting currency, where the unit is currency; else NULL').nullable(),
    sample_size: integer('Of how many it is said: sessions, people, conversions, journeys or attempts').atLeast(0),
    objective: text("The goal, as 'at least 3 %'; NULL where there is none for this row").nullable(),
    target: real("The goal's number, in the unit; NULL where there is none").nullable(),
    is_on_target: boolean('The value meets the goal; NULL where there is no goal or no value').nullable(),
    is_complete: boolean('The period is over, and nothing that began in it can still change the number'),
  },
  tests: {
    always: {
      'a rate is between 0 and 1': sql`unit <> 'rate' or (value >= 0 and value <= 1)`,
      'the part is not more than the whole': sql`unit <> 'rate' or (numerator >= 0 and numerator <= denominator)`,
      'of nothing there is no rate': sql`(value is null) = coalesce(denominator = 0, false)`,
      'counts are not divided, and all but sums of money are': sql`unit = 'currency' or (denominator is null) = (unit = 'count')`,
      'money has a currency': sql`(currency is not null) = (unit = 'currency')`,
      'a goal has a number': sql`(objective is null) = (target is null)`,
      'what has a goal and a value is on target or not': sql`(is_on_target is null) = (target is null or value is null)`,
      'the numbers of all time may always change': sql`period <> 'all' or not is_complete`,
    },
  },
  materialize: { kind: 'table' },
  uses: { attributionRules, conversionRules, funnelRules, objectiveRules, reporting, segments, stageRules },
  query: ({
    attributionRules: attribution,
    conversionRules: conversions,
    funnelRules: funnels,
    objectiveRules: objectives,
    reporting: { currency },
    segments: declared,
    stageRules: stages,
  }) => {
    refuseWrongObjectives(objectives, kpisOf({ attribution, conversions, funnels, stages }), declared)
    return sql`
      with period_ends as (
        select distinct c.period, c.period_start, c.ends_at
        from ${calendar} as c
      ),

      settled as (
        select
          k.kpi, p.period, p.period_start,
          coalesce(a.as_of >= ${plusSeconds(sql`p.ends_at`, sql`k.settles_after_seconds`)}, false)
            and (k.dated_by <> 'session start' or o.period is null) as is_complete
        from ${kpi_catalog} as k
        cross join period_ends as p
        cross join ${as_of} as a
        left join ${open_periods} as o on o.period = p.period and o.period_start = p.period_start
      ),

      told as (
        select distinct n.segment, n.segment_value, n.period, n.period_start
        from ${kpi_counts} as n
        where n.segment <> '(all)'
        union all
        select '(all)' as segment, '(all)' as segment_value, p.period, p.period_start
        from period_ends as p
      ),

      counted as (
        select
          k.kpi, k.unit, t.segment, t.segment_value, t.period, t.period_start,
          coalesce(n.amount, cast(0 as ${type.number})) as numerator,
          case when k.denominator is not null then coalesce(d.amount, cast(0 as ${type.number})) end as denominator,
          coalesce(s.amount, cast(0 as ${type.number})) as sample_size
        from ${kpi_catalog} as k
        cross join told as t
        left join ${kpi_counts} as n
          on n.counted = k.numerator and n.segment = t.segment and n.segment_value = t.segment_value
          and n.period = t.period and n.period_start = t.period_start
        left join ${kpi_counts} as d
          on d.counted = k.denominator and d.segment = t.segment and d.segment_value = t.segment_value
          and d.period = t.period and d.period_start = t.period_start
        left join ${kpi_counts} as s
          on s.counted = k.sampled and s.segment = t.segment and s.segment_value = t.segment_value
          and s.period = t.period and s.period_start = t.period_start
        where k.told_by = 'segments' or t.segment in ('(all)', k.told_by)
      ),

      valued as (
        select
          c.kpi, c.unit, c.segment, c.segment_value, c.period, c.period_start, c.numerator, c.denominator, c.sample_size,
          case
            when c.denominator is null then ${toReal(sql`c.numerator`)}
            else ${ratio(sql`c.numerator`, sql`c.denominator`)}
          end as value
        from counted as c
      )

      select
        v.kpi,
        v.segment,
        v.segment_value,
        v.period,
        v.period_start,
        v.numerator,
        v.denominator,
        v.value,
        v.unit,
        case when v.unit = 'currency' then ${currency} end as currency,
        cast(v.sample_size as ${type.integer}) as sample_size,
        o.objective,
        o.target,
        case o.direction when 'at_least' then v.value >= o.target when 'at_most' then v.value <= o.target end as is_on_target,
        f.is_complete
      from valued as v
      inner join settled as f on f.kpi = v.kpi and f.period = v.period and f.period_start = v.period_start
      left join ${objectiveRows(objectives)} as o
        on o.kpi = v.kpi and o.segment = v.segment
        and v.segment_value = coalesce(o.segment_value, v.segment_value)
        and v.period = coalesce(o.period, v.period)
    `
  },
})

/** A row per objective; what is not given of its segment's value or period is NULL. No two are of the same row of KPIs. */
function objectiveRows(objectives: readonly Objective[]) {
  return rows(
    {
      kpi: text('KPI'),
      segment: text('Segment'),
      segment_value: text('Value of the segment'),
      period: text('Length of the period'),
      direction: text('at_least or at_most'),
      objective: text('The goal in words'),
      target: real('The goal'),
    },
    objectives.map(({ kpi, segment, segment_value, period, direction, goal }) => ({
      kpi,
      segment: segment ?? '(all)',
      segment_value: segment_value ?? null,
      period: period ?? null,
      direction,
      objective: `${direction === 'at_least' ? 'at least' : 'at most'} ${goal.written}`,
      target: goal.value,
    })),
  )
}
