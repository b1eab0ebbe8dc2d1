import { key, model, sql, text, type } from 'throughline'
import { newestVersion } from '../../macros/history'
import { rawText } from '../../macros/raw-rows'
import { google_ads } from '../../sources/google_ads'

export const stg_google_ads__campaigns = model({
  description: 'One row per campaign of Google Ads: its newest version.',
  grain: ['campaign_id'],
  columns: {
    campaign_id: key('The campaign'),
    account_id: text('Its account').nullable(),
    campaign: text('Its name').nullable(),
    campaign_type: text('Where its ads are shown, in capital letters: SEARCH, DISPLAY, PERFORMANCE_MAX …').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      cast(e.id as ${type.text}) as campaign_id,
      cast(e.customer_id as ${type.text}) as account_id,
      ${rawText('name')} as campaign,
      ${rawText('advertising_channel_type')} as campaign_type
    from ${google_ads.tables.campaign_history} as e
    ${newestVersion('updated_at')}
  `,
})
