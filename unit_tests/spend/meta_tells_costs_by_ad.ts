import { defined, given, unitTest } from 'throughline'
import { meta_ads_spend } from '../../models/spend/meta_ads_spend'
import { stg_meta_ads__accounts } from '../../models/staging/stg_meta_ads__accounts'
import { stg_meta_ads__ad_sets } from '../../models/staging/stg_meta_ads__ad_sets'
import { stg_meta_ads__ad_stats } from '../../models/staging/stg_meta_ads__ad_stats'
import { stg_meta_ads__ads } from '../../models/staging/stg_meta_ads__ads'
import { stg_meta_ads__campaigns } from '../../models/staging/stg_meta_ads__campaigns'
import { meta_ads } from '../../sources/meta_ads'

const stats = { account_id: '1', spend_date: '2026-03-01' }
const told = { system: 'meta_ads', spend_date: '2026-03-01', channel: 'Paid Social' }

export const meta_tells_costs_by_ad = unitTest({
  description:
    'The costs of the ads of one set are summed. An ad that the history does not know stands for itself, so that its costs are not lost; a currency that the account does not tell is not known.',
  model: meta_ads_spend,
  definitions: [defined(meta_ads, { schema: 'raw_facebook_ads' })],
  given: [
    given(stg_meta_ads__accounts, [{ account_id: '1', currency: 'EUR' }, { account_id: '2' }]),
    given(stg_meta_ads__campaigns, [{ campaign_id: '5', campaign: 'Spring' }]),
    given(stg_meta_ads__ad_sets, [{ ad_set_id: '51', campaign_id: '5', ad_set: 'Students' }]),
    given(stg_meta_ads__ads, [
      { ad_id: '511', ad_set_id: '51', campaign_id: '5' },
      { ad_id: '512', ad_set_id: '51' },
    ]),
    given(stg_meta_ads__ad_stats, [
      { ...stats, ad_id: '511', amount: '10.10', clicks: 3, impressions: 100 },
      { ...stats, ad_id: '512', amount: '0.20', clicks: 1, impressions: 20 },
      { ...stats, ad_id: '599', account_id: '2', amount: '4', clicks: 0, impressions: 7 },
    ]),
  ],
  expect: [
    {
      ...told,
      campaign_id: '5',
      ad_group_id: '51',
      campaign: 'Spring',
      ad_group: 'Students',
      amount: '10.30',
      currency: 'EUR',
      clicks: 4,
      impressions: 120,
    },
    {
      ...told,
      campaign_id: 'ad:599',
      ad_group_id: 'ad:599',
      amount: '4',
      clicks: 0,
      impressions: 7,
    },
  ],
})
