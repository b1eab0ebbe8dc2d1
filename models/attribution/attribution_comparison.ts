import { boolean, date, integer, key, model, real, rows, sql, text, type } from 'throughline'
import { toNumber } from '../../macros/decimals'
import { ratio, toReal } from '../../macros/numbers'
import { attribution } from '../definitions/attribution'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { conversions } from '../journeys/conversions'
import { attribution_credits } from './attribution_credits'

export const attribution_comparison = model({
  description:
    "One row per conversion definition, attribution model, channel and period of the conversions: the channel's share of the conversions in this model, beside its share in the model that all others are held against. A channel that only one of the two credits has 0 in the other. Conversions and shares may be summed over channels; conversions over periods of one kind too; nothing over definitions or models.",
  grain: ['conversion', 'attribution_model', 'channel', 'period', 'period_start'],
  columns: {
    conversion: key('The conversion definition, as in the config'),
    attribution_model: key('The model, as in the config: each but the one that it is held against'),
    channel: key('Channel of the touchpoints; (none) for conversions without one'),
    period: key('day, week, month, quarter or all: that of the conversions').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    compared_to: text('The model that it is held against: compare_to of the config, else the first there'),
    conversions: real('Conversions credited to the channel, to nine digits after the point').atLeast(0),
    compared_conversions: real('The same in the model that it is held against').atLeast(0),
    all_conversions: integer('Conversions of the period, whatever they are credited to').atLeast(1),
    share: real('conversions / all_conversions, from 0 to 1').atLeast(0),
    compared_share: real('compared_conversions / all_conversions, from 0 to 1').atLeast(0),
    difference: real('share - compared_share: more than 0 where this model gives the channel more'),
    is_complete: boolean('The period is over'),
  },
  tests: {
    always: {
      'a model is not held against itself': sql`attribution_model <> compared_to`,
    },
    never: {
      'a period whose shares do not sum to 1': self => sql`
        select c.conversion, c.attribution_model, c.period, c.period_start
        from ${self} as c
        group by c.conversion, c.attribution_model, c.period, c.period_start
        having sum(c.share) not between ${1 - 1e-6} and ${1 + 1e-6}
          or sum(c.compared_share) not between ${1 - 1e-6} and ${1 + 1e-6}
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { attribution },
  query: ({ attribution: { models, compare_to } }) => {
    const names = Object.keys(models)
    const comparedTo = compare_to ?? names[0]!
    const others = rows(
      { attribution_model: text('A model') },
      names.filter(name => name !== comparedTo).map(name => ({ attribution_model: name })),
    )
    return sql`
      with days as (
        select
          c.attribution_model, c.conversion, c.channel, c.converted_date,
          sum(${toNumber(sql`c.credit * cast(1000000 as ${type.real})`)}) as millionths
        from ${attribution_credits} as c
        group by c.attribution_model, c.conversion, c.channel, c.converted_date
      ),

      sides as (
        select
          o.attribution_model, d.conversion, d.channel, d.converted_date,
          d.millionths, cast(0 as ${type.number}) as compared_millionths
        from days as d
        inner join ${others} as o on o.attribution_model = d.attribution_model
        union all
        select
          o.attribution_model, d.conversion, d.channel, d.converted_date,
          cast(0 as ${type.number}) as millionths, d.millionths as compared_millionths
        from days as d
        cross join ${others} as o
        where d.attribution_model = ${comparedTo}
      ),

      told as (
        select
          s.attribution_model, s.conversion, s.channel, c.period, c.period_start,
          sum(s.millionths) as millionths, sum(s.compared_millionths) as compared_millionths
        from sides as s
        inner join ${calendar} as c on c.calendar_date = s.converted_date
        group by s.attribution_model, s.conversion, s.channel, c.period, c.period_start
      ),

      totals as (
        select
          v.conversion, c.period, c.period_start, max(c.ends_at) as ends_at, count(*) as all_conversions
        from ${conversions} as v
        inner join ${calendar} as c on c.calendar_date = v.converted_date
        group by v.conversion, c.period, c.period_start
      ),

      compared as (
        select
          d.conversion, d.attribution_model, d.channel, d.period, d.period_start, t.all_conversions,
          ${toReal(toNumber(ratio(sql`d.millionths`, 1_000_000)))} as conversions,
          ${toReal(toNumber(ratio(sql`d.compared_millionths`, 1_000_000)))} as compared_conversions,
          coalesce(a.as_of >= t.ends_at, false) as is_complete
        from told as d
        inner join totals as t
          on t.conversion = d.conversion and t.period = d.period and t.period_start = d.period_start
        cross join ${as_of} as a
      )

      select
        c.conversion,
        c.attribution_model,
        c.channel,
        c.period,
        c.period_start,
        ${comparedTo} as compared_to,
        c.conversions,
        c.compared_conversions,
        c.all_conversions,
        ${ratio(sql`c.conversions`, sql`c.all_conversions`)} as share,
        ${ratio(sql`c.compared_conversions`, sql`c.all_conversions`)} as compared_share,
        ${ratio(sql`c.conversions - c.compared_conversions`, sql`c.all_conversions`)} as difference,
        c.is_complete
      from compared as c
    `
  },
})
