import { model, sql, type } from 'throughline'
import { meta_ads } from '../../sources/meta_ads'
import { stg_meta_ads__accounts } from '../staging/stg_meta_ads__accounts'
import { stg_meta_ads__ad_sets } from '../staging/stg_meta_ads__ad_sets'
import { stg_meta_ads__ad_stats } from '../staging/stg_meta_ads__ad_stats'
import { stg_meta_ads__ads } from '../staging/stg_meta_ads__ads'
import { stg_meta_ads__campaigns } from '../staging/stg_meta_ads__campaigns'
import { ad_spend_stream } from './ad_spend_stream'

export const meta_ads_spend = model({
  description:
    'One row per ad set of Meta and day, over all its ads. An ad whose ad set or campaign is not told stands for itself, as ad:<its id>.',
  implements: ad_spend_stream,
  grain: ['system', 'campaign_id', 'ad_group_id', 'spend_date'],
  columns: ad_spend_stream.columns,
  materialize: { kind: 'inline' },
  uses: { meta_ads },
  query: ({ meta_ads: { channel, currency } }) => sql`
    with placed as (
      select
        s.account_id,
        coalesce(a.campaign_id, g.campaign_id, 'ad:' || s.ad_id) as campaign_id,
        coalesce(a.ad_set_id, 'ad:' || s.ad_id) as ad_set_id,
        s.spend_date, s.amount, s.clicks, s.impressions
      from ${stg_meta_ads__ad_stats} as s
      left join ${stg_meta_ads__ads} as a on a.ad_id = s.ad_id
      left join ${stg_meta_ads__ad_sets} as g on g.ad_set_id = a.ad_set_id
    ),

    by_ad_set as (
      select
        p.account_id, p.campaign_id, p.ad_set_id, p.spend_date,
        sum(p.amount) as amount, sum(p.clicks) as clicks, sum(p.impressions) as impressions
      from placed as p
      group by p.account_id, p.campaign_id, p.ad_set_id, p.spend_date
    )

    select
      'meta_ads' as system,
      s.campaign_id,
      s.ad_set_id as ad_group_id,
      s.spend_date,
      ${channel} as channel,
      c.campaign,
      g.ad_set as ad_group,
      cast(s.amount as ${type.number}) as amount,
      coalesce(a.currency, ${currency ?? sql`cast(null as ${type.text})`}) as currency,
      cast(s.clicks as ${type.integer}) as clicks,
      cast(s.impressions as ${type.integer}) as impressions
    from by_ad_set as s
    left join ${stg_meta_ads__campaigns} as c on c.campaign_id = s.campaign_id
    left join ${stg_meta_ads__ad_sets} as g on g.ad_set_id = s.ad_set_id
    left join ${stg_meta_ads__accounts} as a on a.account_id = s.account_id
  `,
})
