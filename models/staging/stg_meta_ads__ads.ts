import { key, model, sql, text, type } from 'throughline'
import { newestVersion } from '../../macros/history'
import { rawText } from '../../macros/raw-rows'
import { meta_ads } from '../../sources/meta_ads'

export const stg_meta_ads__ads = model({
  description: 'One row per ad of Meta: its newest version.',
  grain: ['ad_id'],
  columns: {
    ad_id: key('The ad'),
    ad_set_id: text('Its ad set').nullable(),
    campaign_id: text('Its campaign').nullable(),
    ad: text('Its name').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as ad_id,
      cast(e.ad_set_id as ${type.text}) as ad_set_id,
      cast(e.campaign_id as ${type.text}) as campaign_id,
      ${rawText('name')} as ad
    from ${meta_ads.tables.ad_history} as e
    ${newestVersion('updated_time')}
  `,
})
