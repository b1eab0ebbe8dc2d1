import { date, decimal, integer, key, model, number, sql, type } from 'throughline'
import { timesDecimal } from '../../macros/numbers'
import { newestSynced, rawText } from '../../macros/raw-rows'
import { google_ads } from '../../sources/google_ads'

export const stg_google_ads__ad_group_stats = model({
  description: 'One row per ad group, day, device and network: what came in last.',
  grain: ['ad_group_id', 'spend_date', 'device', 'network'],
  columns: {
    ad_group_id: key('The ad group'),
    campaign_id: key('Its campaign'),
    account_id: key('Its account'),
    spend_date: date("The day, in the account's zone"),
    device: key('DESKTOP, MOBILE …; (none) where it is not told'),
    network: key('SEARCH, CONTENT …; (none) where it is not told'),
    amount: number("What it cost, in the account's currency"),
    clicks: integer('Clicks').atLeast(0),
    impressions: integer('Impressions').atLeast(0),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as ad_group_id,
      cast(e.campaign_id as ${type.text}) as campaign_id,
      cast(e.customer_id as ${type.text}) as account_id,
      e.date as spend_date,
      coalesce(${rawText('device')}, '(none)') as device,
      coalesce(${rawText('ad_network_type')}, '(none)') as network,
      ${timesDecimal(sql`coalesce(e.cost_micros, 0)`, decimal('0.000001'))} as amount,
      coalesce(e.clicks, 0) as clicks,
      coalesce(e.impressions, 0) as impressions
    from ${google_ads.tables.ad_group_stats} as e
    ${newestSynced('id', 'date', 'device', 'ad_network_type')}
  `,
})
