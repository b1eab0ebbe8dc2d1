import { defined, givenRaw, unitTest } from 'throughline'
import { stg_google_ads__ad_group_stats } from '../../models/staging/stg_google_ads__ad_group_stats'
import { google_ads } from '../../sources/google_ads'

const row = { id: 7, campaign_id: 3, customer_id: 1, date: '2026-03-01', device: 'MOBILE', ad_network_type: 'SEARCH' }

export const a_cost_counts_as_it_came_in_last = unitTest({
  description:
    'Google corrects costs for days: of an ad group, day, device and network what came in last counts. Millionths are exact; what is not told is 0.',
  model: stg_google_ads__ad_group_stats,
  definitions: [defined(google_ads, { schema: 'raw_google_ads' })],
  given: [
    givenRaw(google_ads.tables.ad_group_stats, [
      { ...row, cost_micros: 1_000_000, clicks: 1, impressions: 5, _fivetran_synced: '2026-03-02 04:00:00' },
      { ...row, cost_micros: 1_234_567, clicks: 2, impressions: 9, _fivetran_synced: '2026-03-03 04:00:00' },
      { ...row, cost_micros: 9_000_000, clicks: 3, impressions: 7, _fivetran_synced: null },
      { ...row, device: 'DESKTOP', cost_micros: 1, clicks: 0, impressions: 1, _fivetran_synced: '2026-03-02 04:00:00' },
      { ...row, device: null, ad_network_type: null, cost_micros: null, clicks: null, impressions: null },
    ]),
  ],
  expect: [
    { ...told('MOBILE', 'SEARCH'), amount: '1.234567', clicks: 2, impressions: 9 },
    { ...told('DESKTOP', 'SEARCH'), amount: '0.000001', clicks: 0, impressions: 1 },
    { ...told('(none)', '(none)'), amount: '0', clicks: 0, impressions: 0 },
  ],
})

function told(device: string, network: string) {
  return { ad_group_id: '7', campaign_id: '3', account_id: '1', spend_date: '2026-03-01', device, network }
}
