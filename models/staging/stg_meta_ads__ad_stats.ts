import { date, integer, key, model, number, sql, type } from 'throughline'
import { newestSynced, rawText } from '../../macros/raw-rows'
import { meta_ads } from '../../sources/meta_ads'

export const stg_meta_ads__ad_stats = model({
  description: 'One row per ad of Meta and day: what came in last.',
  grain: ['ad_id', 'spend_date'],
  columns: {
    ad_id: key('The ad'),
    account_id: key('Its account'),
    spend_date: date("The day, in the account's zone"),
    amount: number("What it cost, in the account's currency"),
    clicks: integer('Clicks on links in the ad').atLeast(0),
    impressions: integer('Impressions').atLeast(0),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      ${rawText('ad_id')} as ad_id,
      cast(e.account_id as ${type.text}) as account_id,
      e.date as spend_date,
      coalesce(e.spend, cast(0 as ${type.number})) as amount,
      coalesce(e.inline_link_clicks, 0) as clicks,
      coalesce(e.impressions, 0) as impressions
    from ${meta_ads.tables.basic_ad} as e
    ${newestSynced('ad_id', 'date')}
  `,
})
