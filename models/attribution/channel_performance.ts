import { boolean, date, integer, key, model, number, real, rows, sql, text, type } from 'throughline'
import { toNumber } from '../../macros/decimals'
import { ratio, toReal } from '../../macros/numbers'
import { lowered } from '../../macros/text'
import { attribution } from '../definitions/attribution'
import { conversions as conversionRules } from '../definitions/conversions'
import { reporting } from '../definitions/reporting'
import { as_of } from '../events/as_of'
import { calendar, periods } from '../events/calendar'
import { ad_spend } from '../spend/ad_spend'
import { attribution_by_channel } from './attribution_by_channel'

export const channel_performance = model({
  description:
    'One row per attribution model, conversion definition, channel, campaign and period with conversions or spend: what the channel brought, by the day of the conversion, beside what it cost, by the day of the spend. The same spend stands beside each model and each conversion definition: sum it within one of both alone, or in ad_spend. All measures may be summed over channels, campaigns and periods of one kind; ratios never. Campaigns of visits and of ads are one where channel and name are the same, without regard to case, or where visits bear the id of the campaign for its name. Spend of days before the first event or after the last is not here: a test warns of it.',
  grain: ['attribution_model', 'conversion', 'channel', 'campaign', 'period', 'period_start'],
  columns: {
    attribution_model: key('The way of sharing the credit, as in the config'),
    conversion: key('The conversion definition, as in the config'),
    channel: key('Channel of the touchpoints, or of the ads; (none) for conversions without a touchpoint'),
    campaign: key(
      'Name of the campaign, as the ad platform has it, else as the touchpoints have it; its id where the platform tells no name; (none) where there is none',
    ),
    period: key('day, week, month, quarter or all').oneOf(periods),
    period_start: date('First day of the period; of all, the day of the first event'),
    conversions: real('Conversions credited here, to nine digits after the point; 0 where there is none').atLeast(0),
    revenue: number('Their revenue, in the reporting currency'),
    spend_amount: number(
      'What the ads cost, in the reporting currency; 0 where no ad platform tells of any; NULL where any of it has no exchange rate. Repeated for each model and conversion definition',
    ).nullable(),
    clicks: integer('Clicks on the ads; repeated like the spend').atLeast(0),
    impressions: integer('Times that the ads were shown; repeated like the spend').atLeast(0),
    cost_per_conversion: real('spend_amount / conversions; NULL where there is no conversion').nullable(),
    roas: real('revenue / spend_amount; NULL where there is no spend').nullable(),
    currency: text('The reporting currency, that of revenue and spend'),
    is_complete: boolean('The period is over'),
  },
  tests: {
    never: {
      'a model, conversion and kind of period whose spend is not that of the ads': self => sql`
        with told as (
          select
            p.attribution_model, p.conversion, p.period,
            sum(p.spend_amount) as spend_amount, sum(p.clicks) as clicks, sum(p.impressions) as impressions,
            count(*) - count(p.spend_amount) as unknown_count
          from ${self} as p
          group by p.attribution_model, p.conversion, p.period
        ),

        known as (
          select
            sum(s.spend_amount) as spend_amount, sum(s.clicks) as clicks, sum(s.impressions) as impressions
          from ${ad_spend} as s
          inner join ${calendar} as c on c.calendar_date = s.spend_date
          where c.period = 'all'
        )

        select t.attribution_model, t.conversion, t.period
        from told as t
        cross join known as k
        where t.clicks <> coalesce(k.clicks, 0)
          or t.impressions <> coalesce(k.impressions, 0)
          or (t.unknown_count = 0 and t.spend_amount <> coalesce(k.spend_amount, cast(0 as ${type.number})))
      `,
      'a day with spend before the first event or after the last: it is left out here and in kpis': {
        severity: 'warn',
        rows: () => sql`
          select
            s.system, s.spend_date, sum(s.spend_amount) as spend_amount, sum(s.clicks) as clicks,
            sum(s.impressions) as impressions
          from ${ad_spend} as s
          left join ${calendar} as c on c.calendar_date = s.spend_date and c.period = 'all'
          where c.calendar_date is null and (s.original_amount <> 0 or s.clicks > 0 or s.impressions > 0)
          group by s.system, s.spend_date
        `,
      },
      'a campaign whose ads are of another channel than its visits': {
        severity: 'warn',
        rows: self => sql`
          with campaigns as (
            select
              p.channel, ${lowered(sql`p.campaign`)} as campaign_key,
              max(p.impressions) as impressions, max(p.conversions) as conversions
            from ${self} as p
            where p.period = 'all' and p.campaign <> '(none)'
            group by p.channel, ${lowered(sql`p.campaign`)}
          )

          select a.campaign_key, a.channel as channel_of_ads, v.channel as channel_of_visits
          from campaigns as a
          inner join campaigns as v on v.campaign_key = a.campaign_key and v.channel <> a.channel
          where a.impressions > 0 and a.conversions = 0 and v.impressions = 0 and v.conversions > 0
        `,
      },
      'a model and conversion whose sums are not those of attribution_by_channel': self => sql`
        with told as (
          select
            p.attribution_model, p.conversion, p.period, sum(p.conversions) as conversions, sum(p.revenue) as revenue
          from ${self} as p
          group by p.attribution_model, p.conversion, p.period
        ),

        known as (
          select
            c.attribution_model, c.conversion, c.period, sum(c.conversions) as conversions, sum(c.revenue) as revenue
          from ${attribution_by_channel} as c
          where c.dated_by = 'conversion' and c.segment = '(all)'
          group by c.attribution_model, c.conversion, c.period
        )

        select k.attribution_model, k.conversion, k.period
        from known as k
        left join told as t
          on t.attribution_model = k.attribution_model and t.conversion = k.conversion and t.period = k.period
        where t.period is null
          or t.revenue <> k.revenue
          or t.conversions not between k.conversions * ${1 - 1e-6} and k.conversions * ${1 + 1e-6}
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { attribution, conversionRules, reporting },
  query: ({ attribution: { models }, conversionRules: conversions, reporting: { currency } }) => sql`
    with told_spend as (
      select
        s.channel, s.campaign_id, coalesce(s.campaign, s.campaign_id) as campaign,
        c.period, c.period_start, s.spend_amount, s.clicks, s.impressions
      from ${ad_spend} as s
      inner join ${calendar} as c on c.calendar_date = s.spend_date
    ),

    -- Ads whose visits are tagged with the id of the campaign, as Google's are, which has no tag for its name.
    campaigns_by_id as (
      select s.channel, ${lowered(sql`s.campaign_id`)} as campaign_id, min(s.campaign) as campaign
      from told_spend as s
      group by s.channel, ${lowered(sql`s.campaign_id`)}
    ),

    told_credits as (
      select
        a.attribution_model, a.conversion, a.channel, coalesce(i.campaign, a.campaign) as campaign,
        a.period, a.period_start, ${toNumber(sql`a.conversions`)} as conversions, a.revenue
      from ${attribution_by_channel} as a
      left join campaigns_by_id as i on i.channel = a.channel and i.campaign_id = ${lowered(sql`a.campaign`)}
      where a.dated_by = 'conversion' and a.segment = '(all)'
    ),

    spend as (
      select
        s.channel, ${lowered(sql`s.campaign`)} as campaign_key, s.period, s.period_start,
        case when count(s.spend_amount) = count(*) then sum(s.spend_amount) end as spend_amount,
        sum(s.clicks) as clicks, sum(s.impressions) as impressions
      from told_spend as s
      group by s.channel, ${lowered(sql`s.campaign`)}, s.period, s.period_start
    ),

    credited as (
      select
        a.attribution_model, a.conversion, a.channel,
        ${lowered(sql`a.campaign`)} as campaign_key,
        a.period, a.period_start,
        sum(a.conversions) as conversions, sum(a.revenue) as revenue
      from told_credits as a
      group by a.attribution_model, a.conversion, a.channel, ${lowered(sql`a.campaign`)}, a.period, a.period_start
    ),

    -- One spelling each: the first by letters, that of the ads where they have any.
    told_names as (
      select s.channel, s.campaign as of_ads, cast(null as ${type.text}) as of_visits, s.campaign
      from told_spend as s
      union all
      select a.channel, cast(null as ${type.text}) as of_ads, a.campaign as of_visits, a.campaign
      from told_credits as a
    ),

    names as (
      select
        n.channel, ${lowered(sql`n.campaign`)} as campaign_key, coalesce(min(n.of_ads), min(n.of_visits)) as campaign
      from told_names as n
      group by n.channel, ${lowered(sql`n.campaign`)}
    ),

    spend_by_model as (
      select
        m.attribution_model, m.conversion, s.channel, s.campaign_key, s.period, s.period_start,
        s.spend_amount, s.clicks, s.impressions
      from spend as s
      cross join ${rows(
        { attribution_model: text('The model'), conversion: text('The conversion definition') },
        Object.keys(models).flatMap(attribution_model =>
          Object.keys(conversions).map(conversion => ({ attribution_model, conversion })),
        ),
      )} as m
    ),

    joined as (
      select
        coalesce(c.attribution_model, s.attribution_model) as attribution_model,
        coalesce(c.conversion, s.conversion) as conversion,
        coalesce(c.channel, s.channel) as channel,
        coalesce(c.campaign_key, s.campaign_key) as campaign_key,
        coalesce(c.period, s.period) as period,
        coalesce(c.period_start, s.period_start) as period_start,
        coalesce(c.conversions, ${zero}) as conversions,
        coalesce(c.revenue, ${zero}) as revenue,
        case when s.channel is null then ${zero} else s.spend_amount end as spend_amount,
        coalesce(s.clicks, 0) as clicks,
        coalesce(s.impressions, 0) as impressions
      from credited as c
      full join spend_by_model as s
        on s.attribution_model = c.attribution_model and s.conversion = c.conversion
        and s.channel = c.channel and s.campaign_key = c.campaign_key
        and s.period = c.period and s.period_start = c.period_start
    ),

    period_ends as (
      select distinct c.period, c.period_start, c.ends_at
      from ${calendar} as c
    )

    select
      j.attribution_model,
      j.conversion,
      j.channel,
      n.campaign,
      j.period,
      j.period_start,
      ${toReal(sql`j.conversions`)} as conversions,
      j.revenue,
      j.spend_amount,
      cast(j.clicks as ${type.integer}) as clicks,
      cast(j.impressions as ${type.integer}) as impressions,
      ${ratio(sql`j.spend_amount`, sql`j.conversions`)} as cost_per_conversion,
      ${ratio(sql`j.revenue`, sql`j.spend_amount`)} as roas,
      ${currency} as currency,
      coalesce(a.as_of >= e.ends_at, false) as is_complete
    from joined as j
    inner join names as n on n.channel = j.channel and n.campaign_key = j.campaign_key
    inner join period_ends as e on e.period = j.period and e.period_start = j.period_start
    cross join ${as_of} as a
  `,
})

const zero = sql`cast(0 as ${type.number})`
