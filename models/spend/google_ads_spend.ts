import { model, type Sql, sql, type } from 'throughline'
import { greater } from '../../macros/comparison'
import { google_ads } from '../../sources/google_ads'
import { stg_google_ads__accounts } from '../staging/stg_google_ads__accounts'
import { stg_google_ads__ad_group_stats } from '../staging/stg_google_ads__ad_group_stats'
import { stg_google_ads__ad_groups } from '../staging/stg_google_ads__ad_groups'
import { stg_google_ads__campaign_stats } from '../staging/stg_google_ads__campaign_stats'
import { stg_google_ads__campaigns } from '../staging/stg_google_ads__campaigns'
import { ad_spend_stream } from './ad_spend_stream'

export const google_ads_spend = model({
  description:
    'One row per ad group of Google Ads and day, over all devices and networks: ad groups are the finest whose costs sum up to those of the account, as those of keywords do not. What a campaign and day cost beyond its ad groups has a row without one: all of it where there are none, as of Performance Max.',
  implements: ad_spend_stream,
  grain: ['system', 'campaign_id', 'ad_group_id', 'spend_date'],
  columns: ad_spend_stream.columns,
  materialize: { kind: 'inline' },
  uses: { google_ads },
  query: ({ google_ads: { channel, currency } }) => sql`
    with by_ad_group as (
      select
        s.account_id, s.campaign_id, s.ad_group_id, s.spend_date,
        sum(s.amount) as amount, sum(s.clicks) as clicks, sum(s.impressions) as impressions
      from ${stg_google_ads__ad_group_stats} as s
      group by s.account_id, s.campaign_id, s.ad_group_id, s.spend_date
    ),

    by_campaign as (
      select
        s.account_id, s.campaign_id, s.spend_date,
        sum(s.amount) as amount, sum(s.clicks) as clicks, sum(s.impressions) as impressions
      from ${stg_google_ads__campaign_stats} as s
      group by s.account_id, s.campaign_id, s.spend_date
    ),

    of_ad_groups as (
      select
        a.campaign_id, a.spend_date,
        sum(a.amount) as amount, sum(a.clicks) as clicks, sum(a.impressions) as impressions
      from by_ad_group as a
      group by a.campaign_id, a.spend_date
    ),

    -- Where ad groups say more than their campaign, as where they were loaded later, nothing is taken off them.
    rests as (
      select
        c.account_id, c.campaign_id, c.spend_date, a.campaign_id is not null as has_ad_groups,
        ${greater(sql`c.amount - coalesce(a.amount, ${zero})`, zero)} as amount,
        ${greater(sql`c.clicks - coalesce(a.clicks, 0)`, sql`0`)} as clicks,
        ${greater(sql`c.impressions - coalesce(a.impressions, 0)`, sql`0`)} as impressions
      from by_campaign as c
      left join of_ad_groups as a on a.campaign_id = c.campaign_id and a.spend_date = c.spend_date
    ),

    told as (
      select a.account_id, a.campaign_id, a.ad_group_id, a.spend_date, a.amount, a.clicks, a.impressions
      from by_ad_group as a
      union all
      select r.account_id, r.campaign_id, '(none)' as ad_group_id, r.spend_date, r.amount, r.clicks, r.impressions
      from rests as r
      where not r.has_ad_groups or r.amount > 0 or r.clicks > 0 or r.impressions > 0
    )

    select
      'google_ads' as system,
      t.campaign_id,
      t.ad_group_id,
      t.spend_date,
      ${channel === undefined ? channelOfType : sql`${channel}`} as channel,
      coalesce(c.campaign, g.campaign) as campaign,
      g.ad_group,
      cast(t.amount as ${type.number}) as amount,
      coalesce(a.currency, ${currency ?? sql`cast(null as ${type.text})`}) as currency,
      cast(t.clicks as ${type.integer}) as clicks,
      cast(t.impressions as ${type.integer}) as impressions
    from told as t
    left join ${stg_google_ads__campaigns} as c on c.campaign_id = t.campaign_id
    left join ${stg_google_ads__ad_groups} as g on g.ad_group_id = t.ad_group_id
    left join ${stg_google_ads__accounts} as a on a.account_id = t.account_id
  `,
})

const zero = sql`cast(0 as ${type.number})`

/** As Google's own default channel groups name them, so that costs and visits of one campaign have one channel. */
const channelOfType: Sql = sql`
  case
    when c.campaign_type = 'SEARCH' then 'Paid Search'
    when c.campaign_type = 'DISPLAY' then 'Display'
    when c.campaign_type = 'SHOPPING' then 'Paid Shopping'
    when c.campaign_type = 'VIDEO' then 'Paid Video'
    when c.campaign_type in ('PERFORMANCE_MAX', 'DEMAND_GEN', 'DISCOVERY') then 'Cross-network'
    else 'Paid Other'
  end
`
