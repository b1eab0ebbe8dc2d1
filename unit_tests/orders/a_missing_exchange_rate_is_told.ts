import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { events } from '../../models/events/events'
import { missing_exchange_rates } from '../../models/orders/missing_exchange_rates'
import { orders } from '../../models/orders/orders'
import { google_ads_spend } from '../../models/spend/google_ads_spend'
import { exchange_rates } from '../../seeds/exchange_rates'
import { google_ads } from '../../sources/google_ads'

const first = '2026-03-01'
const second = '2026-03-02'

export const a_missing_exchange_rate_is_told = unitTest({
  description:
    'Each currency and day that amounts need a rate for and that has none is told, with how many amounts of each kind wait for it. A rate of another day is none; amounts in the reporting currency need none, and spend whose currency nobody tells is not missing one.',
  model: missing_exchange_rates,
  definitions: [defined(google_ads, { schema: 'raw_google_ads' }), defined(reporting, { currency: 'EUR' })],
  given: [
    given(exchange_rates, [
      { currency: 'CHF', rate_date: first, rate: '1.04' },
      { currency: 'USD', rate_date: second, rate: '0.9' },
    ]),
    given(events, [
      { event_id: 'a', original_amount: '5', currency: 'CHF', occurred_date: first },
      { event_id: 'b', original_amount: '5', currency: 'CHF', occurred_date: second },
      { event_id: 'c', original_amount: '5', currency: 'CHF', occurred_date: second },
      { event_id: 'd', original_amount: '5', currency: 'EUR', occurred_date: second },
      { event_id: 'e', original_amount: null, currency: null, occurred_date: second },
    ]),
    given(orders, [
      { order_id: '1', original_currency: 'CHF', ordered_date: second },
      { order_id: '2', original_currency: 'EUR', ordered_date: second },
      { order_id: '3', original_currency: 'USD', ordered_date: second },
    ]),
    given(google_ads_spend, [
      { campaign_id: '1', spend_date: first, amount: '7', currency: 'USD' },
      { campaign_id: '1', spend_date: second, amount: '7', currency: 'USD' },
      { campaign_id: '1', spend_date: second, amount: '7', currency: null },
    ]),
  ],
  expect: [
    { amount_kind: 'event', currency: 'CHF', rate_date: second, amount_count: 2 },
    { amount_kind: 'order', currency: 'CHF', rate_date: second, amount_count: 1 },
    { amount_kind: 'spend', currency: 'USD', rate_date: first, amount_count: 1 },
  ],
})
