import { boolean, date, key, model, number, real, rows, sql, text, type } from 'throughline'
import { toNumber } from '../../macros/decimals'
import { ratio, toReal } from '../../macros/numbers'
import { plusSeconds } from '../../macros/time'
import { attribution } from '../definitions/attribution'
import { reporting } from '../definitions/reporting'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { conversion_segments } from '../journeys/conversion_segments'
import { attribution_credits } from './attribution_credits'

export const attribution_by_channel = model({
  description:
    'One row per attribution model, conversion definition, way of dating, channel, campaign, segment and period: the conversions and the revenue that are credited there. Both may be summed over channels, campaigns and periods of one kind; never over models, ways of dating or segments, nor conversions over definitions.',
  grain: [
    'attribution_model',
    'conversion',
    'dated_by',
    'channel',
    'campaign',
    'segment',
    'segment_value',
    'period',
    'period_start',
  ],
  columns: {
    attribution_model: key('The way of sharing the credit, as in the config'),
    conversion: key('The conversion definition, as in the config'),
    dated_by: key(
      'touch: by the day of the touchpoint, where there is none by that of the conversion; conversion: by the day of the conversion',
    ).oneOf(['touch', 'conversion']),
    channel: key('Channel of the touchpoints; (none) for conversions without one'),
    campaign: key('Campaign of the touchpoints; (none) where they name none'),
    segment: key(
      'What conversions are told apart by, as channel; (all) for all. Read at the entry of the session of the conversion',
    ),
    segment_value: key('The value; (all) for all, (none) where there is none'),
    period: key('day, week, month, quarter or all').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    conversions: real('Conversions: the sum of the credit, to nine digits after the point').atLeast(0),
    revenue: number('Their revenue, in the reporting currency'),
    currency: text('The reporting currency, that of the revenue'),
    is_complete: boolean(
      'The period is over and, where it is dated by touch, the lookback after it too, in which its touchpoints may still gain credit',
    ),
  },
  tests: {
    always: {
      '(all) is the value of (all)': sql`segment <> '(all)' or segment_value = '(all)'`,
      'all never is over': sql`period <> 'all' or not is_complete`,
    },
    never: {
      'a period or segment whose sums are not those of the conversions': self => sql`
        with told as (
          select
            t.attribution_model, t.conversion, t.dated_by, t.segment, t.period,
            sum(t.conversions) as conversions, sum(t.revenue) as revenue
          from ${self} as t
          group by t.attribution_model, t.conversion, t.dated_by, t.segment, t.period
        ),

        known as (
          select
            c.attribution_model, c.conversion,
            cast(count(distinct c.conversion_id) as ${type.real}) as conversions, sum(c.revenue) as revenue
          from ${attribution_credits} as c
          group by c.attribution_model, c.conversion
        ),

        expected as (
          select k.attribution_model, k.conversion, d.dated_by, k.conversions, k.revenue
          from known as k
          cross join ${datings} as d
        )

        select e.attribution_model, e.conversion, e.dated_by, t.segment, t.period
        from expected as e
        left join told as t
          on t.attribution_model = e.attribution_model and t.conversion = e.conversion and t.dated_by = e.dated_by
        where t.segment is null
          or t.revenue <> e.revenue
          or t.conversions not between e.conversions * ${1 - 1e-6} and e.conversions * ${1 + 1e-6}
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { attribution, reporting },
  query: ({ attribution: { lookback }, reporting: { currency } }) => sql`
    with dated as (
      select
        c.attribution_model, c.conversion, d.dated_by, c.conversion_id, c.channel,
        coalesce(c.campaign, '(none)') as campaign,
        case d.dated_by when 'touch' then coalesce(c.touched_date, c.converted_date) else c.converted_date end as dated_on,
        ${toNumber(sql`c.credit * cast(1000000 as ${type.real})`)} as millionths,
        c.revenue
      from ${attribution_credits} as c
      cross join ${datings} as d
    ),

    -- A conversion has one value of each segment. By day first, which are fewer rows to tell in each period.
    days as (
      select
        d.attribution_model, d.conversion, d.dated_by, d.channel, d.campaign, g.segment, g.segment_value, d.dated_on,
        sum(d.millionths) as millionths, sum(d.revenue) as revenue
      from dated as d
      inner join ${conversion_segments} as g on g.conversion_id = d.conversion_id
      group by
        d.attribution_model, d.conversion, d.dated_by, d.channel, d.campaign, g.segment, g.segment_value, d.dated_on
    ),

    told as (
      select
        d.attribution_model, d.conversion, d.dated_by, d.channel, d.campaign, d.segment, d.segment_value,
        c.period, c.period_start,
        max(c.ends_at) as ends_at, sum(d.millionths) as millionths, sum(d.revenue) as revenue
      from days as d
      inner join ${calendar} as c on c.calendar_date = d.dated_on
      group by
        d.attribution_model, d.conversion, d.dated_by, d.channel, d.campaign, d.segment, d.segment_value,
        c.period, c.period_start
    )

    select
      t.attribution_model,
      t.conversion,
      t.dated_by,
      t.channel,
      t.campaign,
      t.segment,
      t.segment_value,
      t.period,
      t.period_start,
      ${toReal(toNumber(ratio(sql`t.millionths`, 1_000_000)))} as conversions,
      cast(t.revenue as ${type.number}) as revenue,
      ${currency} as currency,
      coalesce(
        a.as_of >= case t.dated_by when 'touch' then ${plusSeconds(sql`t.ends_at`, lookback)} else t.ends_at end,
        false
      ) as is_complete
    from told as t
    cross join ${as_of} as a
  `,
})

const datings = rows({ dated_by: text('Whose day counts') }, [{ dated_by: 'touch' }, { dated_by: 'conversion' }])
