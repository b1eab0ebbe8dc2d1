import { key, model, sql, text, type } from 'throughline'
import { newestVersion } from '../../macros/history'
import { rawText } from '../../macros/raw-rows'
import { meta_ads } from '../../sources/meta_ads'

export const stg_meta_ads__ad_sets = model({
  description: 'One row per ad set of Meta: its newest version.',
  grain: ['ad_set_id'],
  columns: {
    ad_set_id: key('The ad set'),
    campaign_id: text('Its campaign').nullable(),
    ad_set: text('Its name').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as ad_set_id,
      cast(e.campaign_id as ${type.text}) as campaign_id,
      ${rawText('name')} as ad_set
    from ${meta_ads.tables.ad_set_history} as e
    ${newestVersion('updated_time')}
  `,
})
