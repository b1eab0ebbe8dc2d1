import { key, model, sql, text, type } from 'throughline'
import { newestVersion } from '../../macros/history'
import { rawText } from '../../macros/raw-rows'
import { google_ads } from '../../sources/google_ads'

export const stg_google_ads__ad_groups = model({
  description: 'One row per ad group of Google Ads: its newest version.',
  grain: ['ad_group_id'],
  columns: {
    ad_group_id: key('The ad group'),
    campaign_id: text('Its campaign').nullable(),
    campaign: text("The campaign's name, as the ad group has it").nullable(),
    ad_group: text('Its name').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as ad_group_id,
      cast(e.campaign_id as ${type.text}) as campaign_id,
      ${rawText('campaign_name')} as campaign,
      ${rawText('name')} as ad_group
    from ${google_ads.tables.ad_group_history} as e
    ${newestVersion('updated_at')}
  `,
})
