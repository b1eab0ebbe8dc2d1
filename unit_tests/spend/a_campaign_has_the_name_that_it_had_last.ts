import { defined, givenRaw, unitTest } from 'throughline'
import { stg_google_ads__campaigns } from '../../models/staging/stg_google_ads__campaigns'
import { google_ads } from '../../sources/google_ads'

export const a_campaign_has_the_name_that_it_had_last = unitTest({
  description:
    'Of the versions of a campaign the one that began last counts; of those that began at once, what came in last.',
  model: stg_google_ads__campaigns,
  definitions: [defined(google_ads, { schema: 'raw_google_ads' })],
  given: [
    givenRaw(google_ads.tables.campaign_history, [
      { id: 3, updated_at: '2026-03-02 10:00:00', name: 'Spring ', customer_id: 1, advertising_channel_type: 'SEARCH' },
      { id: 3, updated_at: '2026-03-01 10:00:00', name: 'Winter', customer_id: 1, advertising_channel_type: 'DISPLAY' },
      { id: 4, updated_at: '2026-03-01 10:00:00', name: 'Old', _fivetran_synced: '2026-03-01 11:00:00' },
      { id: 4, updated_at: '2026-03-01 10:00:00', name: 'New', _fivetran_synced: '2026-03-01 12:00:00' },
    ]),
  ],
  expect: [
    { campaign_id: '3', account_id: '1', campaign: 'Spring', campaign_type: 'SEARCH' },
    { campaign_id: '4', campaign: 'New' },
  ],
})
