import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { ad_spend } from '../../models/spend/ad_spend'
import { google_ads_spend } from '../../models/spend/google_ads_spend'
import { exchange_rates } from '../../seeds/exchange_rates'
import { google_ads } from '../../sources/google_ads'

const spent = { system: 'google_ads', campaign_id: '3', ad_group_id: '31', clicks: 1, impressions: 2 }
const kept = { ...spent, currency: 'EUR' }

export const spend_is_worth_the_rate_of_its_day = unitTest({
  description:
    'Spend is in the reporting currency at the rate of its day. Without that rate, or a currency, it is none, and is kept as it was told.',
  model: ad_spend,
  definitions: [defined(google_ads, { schema: 'raw_google_ads' }), defined(reporting, { currency: 'EUR' })],
  given: [
    given(exchange_rates, [{ currency: 'USD', rate_date: '2026-03-01', rate: '0.9' }]),
    given(google_ads_spend, [
      { ...spent, spend_date: '2026-03-01', amount: '10.01', currency: 'USD' },
      { ...spent, spend_date: '2026-03-02', amount: '10.01', currency: 'USD' },
      { ...spent, spend_date: '2026-03-03', amount: '0.000001', currency: 'eur' },
      { ...spent, spend_date: '2026-03-04', amount: '5', currency: null },
    ]),
  ],
  expect: [
    { ...kept, spend_date: '2026-03-01', spend_amount: '9.009', original_amount: '10.01', original_currency: 'USD' },
    { ...kept, spend_date: '2026-03-02', original_amount: '10.01', original_currency: 'USD' },
    {
      ...kept,
      spend_date: '2026-03-03',
      spend_amount: '0.000001',
      original_amount: '0.000001',
      original_currency: 'EUR',
    },
    { ...kept, spend_date: '2026-03-04', original_amount: '5' },
  ],
})
