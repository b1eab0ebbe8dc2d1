import { defined, given, unitTest } from 'throughline'
import { google_ads_spend } from '../../models/spend/google_ads_spend'
import { stg_google_ads__ad_group_stats } from '../../models/staging/stg_google_ads__ad_group_stats'
import { stg_google_ads__campaign_stats } from '../../models/staging/stg_google_ads__campaign_stats'
import { google_ads } from '../../sources/google_ads'

const day = { account_id: '1', spend_date: '2026-03-01' }
const told = { system: 'google_ads', spend_date: '2026-03-01', channel: 'Paid Other' }

export const google_campaigns_keep_what_their_ad_groups_do_not_tell = unitTest({
  description:
    'A campaign of 3.00 with an ad group of 1.00 has the other 2.00, and the clicks and impressions beyond those of all its ad groups, in a row without an ad group. Where ad groups tell as much or more, there is none, and none of its measures is below 0.',
  model: google_ads_spend,
  definitions: [defined(google_ads, { schema: 'raw_google_ads', currency: 'EUR' })],
  given: [
    given(stg_google_ads__ad_group_stats, [
      { ...day, campaign_id: '1', ad_group_id: '11', device: 'MOBILE', amount: '0.75', clicks: 1, impressions: 10 },
      { ...day, campaign_id: '1', ad_group_id: '12', device: 'MOBILE', amount: '0.25', clicks: 1, impressions: 5 },
      { ...day, campaign_id: '2', ad_group_id: '21', device: 'MOBILE', amount: '5', clicks: 3, impressions: 30 },
      { ...day, campaign_id: '3', ad_group_id: '31', device: 'MOBILE', amount: '5', clicks: 3, impressions: 30 },
    ]),
    given(stg_google_ads__campaign_stats, [
      { ...day, campaign_id: '1', device: 'MOBILE', amount: '2', clicks: 2, impressions: 40 },
      { ...day, campaign_id: '1', device: 'DESKTOP', amount: '1', clicks: 3, impressions: 20 },
      { ...day, campaign_id: '2', device: 'MOBILE', amount: '4', clicks: 2, impressions: 30 },
      { ...day, campaign_id: '3', device: 'MOBILE', amount: '4', clicks: 2, impressions: 31 },
    ]),
  ],
  expect: [
    { ...told, campaign_id: '1', ad_group_id: '11', amount: '0.75', clicks: 1, impressions: 10 },
    { ...told, campaign_id: '1', ad_group_id: '12', amount: '0.25', clicks: 1, impressions: 5 },
    { ...told, campaign_id: '1', ad_group_id: '(none)', amount: 2, clicks: 3, impressions: 45 },
    { ...told, campaign_id: '2', ad_group_id: '21', amount: 5, clicks: 3, impressions: 30 },
    { ...told, campaign_id: '3', ad_group_id: '31', amount: 5, clicks: 3, impressions: 30 },
    { ...told, campaign_id: '3', ad_group_id: '(none)', amount: 0, clicks: 0, impressions: 1 },
  ],
})
