import { key, model, sql, text, type } from 'throughline'
import { newestVersion } from '../../macros/history'
import { rawText } from '../../macros/raw-rows'
import { meta_ads } from '../../sources/meta_ads'

export const stg_meta_ads__campaigns = model({
  description: 'One row per campaign of Meta: its newest version.',
  grain: ['campaign_id'],
  columns: {
    campaign_id: key('The campaign'),
    account_id: text('Its account').nullable(),
    campaign: text('Its name').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as campaign_id,
      cast(e.account_id as ${type.text}) as account_id,
      ${rawText('name')} as campaign
    from ${meta_ads.tables.campaign_history} as e
    ${newestVersion('updated_time')}
  `,
})
