import { defined, given, unitTest } from 'throughline'
import { google_ads_spend } from '../../models/spend/google_ads_spend'
import { stg_google_ads__accounts } from '../../models/staging/stg_google_ads__accounts'
import { stg_google_ads__ad_group_stats } from '../../models/staging/stg_google_ads__ad_group_stats'
import { stg_google_ads__ad_groups } from '../../models/staging/stg_google_ads__ad_groups'
import { stg_google_ads__campaign_stats } from '../../models/staging/stg_google_ads__campaign_stats'
import { stg_google_ads__campaigns } from '../../models/staging/stg_google_ads__campaigns'
import { google_ads } from '../../sources/google_ads'

const day = { account_id: '1', spend_date: '2026-03-01' }
const group = { ...day, campaign_id: '3', ad_group_id: '31' }
const told = { system: 'google_ads', spend_date: '2026-03-01' }

export const google_tells_costs_by_ad_group_or_campaign = unitTest({
  description:
    'Costs are summed over devices and networks. A campaign and day without any ad group, as of Performance Max, has its costs as a whole; where there are ad groups, those of the campaign say the same again and are left out. The channel is that of the type of campaign, the currency that of the account, else that of the config.',
  model: google_ads_spend,
  definitions: [defined(google_ads, { schema: 'raw_google_ads', currency: 'CHF' })],
  given: [
    given(stg_google_ads__accounts, [{ account_id: '1', currency: 'USD' }]),
    given(stg_google_ads__campaigns, [
      { campaign_id: '3', campaign: 'Spring', campaign_type: 'SEARCH' },
      { campaign_id: '4', campaign: 'Max', campaign_type: 'PERFORMANCE_MAX' },
    ]),
    given(stg_google_ads__ad_groups, [
      { ad_group_id: '31', campaign: 'Spring, once', ad_group: 'Lamps' },
      { ad_group_id: '91', campaign: 'Gone', ad_group: 'Chairs' },
    ]),
    given(stg_google_ads__ad_group_stats, [
      { ...group, device: 'MOBILE', network: 'SEARCH', amount: '1.25', clicks: 2, impressions: 30 },
      { ...group, device: 'DESKTOP', network: 'SEARCH', amount: '0.000001', clicks: 1, impressions: 4 },
      {
        account_id: '2',
        campaign_id: '9',
        ad_group_id: '91',
        spend_date: '2026-03-01',
        amount: '7',
        clicks: 0,
        impressions: 1,
      },
    ]),
    given(stg_google_ads__campaign_stats, [
      { ...day, campaign_id: '3', device: 'MOBILE', amount: '1.250001', clicks: 3, impressions: 34 },
      { ...day, campaign_id: '3', spend_date: '2026-03-02', amount: '2', clicks: 1, impressions: 10 },
      { ...day, campaign_id: '4', device: 'MOBILE', amount: '5', clicks: 4, impressions: 50 },
      { ...day, campaign_id: '4', device: 'DESKTOP', amount: '6.5', clicks: 0, impressions: 9 },
    ]),
  ],
  expect: [
    {
      ...told,
      campaign_id: '3',
      ad_group_id: '31',
      channel: 'Paid Search',
      campaign: 'Spring',
      ad_group: 'Lamps',
      amount: '1.250001',
      currency: 'USD',
      clicks: 3,
      impressions: 34,
    },
    {
      ...told,
      spend_date: '2026-03-02',
      campaign_id: '3',
      ad_group_id: '(none)',
      channel: 'Paid Search',
      campaign: 'Spring',
      amount: '2',
      currency: 'USD',
      clicks: 1,
      impressions: 10,
    },
    {
      ...told,
      campaign_id: '4',
      ad_group_id: '(none)',
      channel: 'Cross-network',
      campaign: 'Max',
      amount: '11.5',
      currency: 'USD',
      clicks: 4,
      impressions: 59,
    },
    {
      ...told,
      campaign_id: '9',
      ad_group_id: '91',
      channel: 'Paid Other',
      campaign: 'Gone',
      ad_group: 'Chairs',
      amount: '7',
      currency: 'CHF',
      clicks: 0,
      impressions: 1,
    },
  ],
})
