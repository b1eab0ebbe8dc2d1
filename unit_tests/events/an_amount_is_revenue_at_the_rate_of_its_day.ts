import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { clickstream_events } from '../../models/events/clickstream_events'
import { events } from '../../models/events/events'
import { exchange_rates } from '../../seeds/exchange_rates'
import { clickstream } from '../../sources/clickstream'

const ordered = { system: 'clickstream', raw_event_name: 'order', occurred_at: '2026-03-28 22:59:59.999999' }

export const an_amount_is_revenue_at_the_rate_of_its_day = unitTest({
  description:
    'An amount without a currency is in the reporting currency, in whatever case that is written. One in another is revenue at the rate of its day in the reporting zone, with all its digits: 9.99 at 1.0431 are 10.420569. Without that rate it is none, and is kept as it was told. Without an amount there is no currency.',
  model: events,
  definitions: [
    defined(clickstream, { table: 'raw.clicks', person: 'who', event: 'what', time: 'at' }),
    defined(reporting, { currency: 'EUR', timezone: 'Europe/Berlin' }),
  ],
  given: [
    given(exchange_rates, [
      { currency: 'CHF', rate_date: '2026-03-28', rate: '1.0431' },
      { currency: 'CHF', rate_date: '2026-03-29', rate: '2' },
      { currency: 'USD', rate_date: '2026-03-27', rate: '0.9' },
    ]),
    given(clickstream_events, [
      { ...ordered, event_id: 'a', amount: '10.50', currency: null },
      { ...ordered, event_id: 'b', amount: '20', currency: 'eur' },
      { ...ordered, event_id: 'c', amount: '30', currency: 'USD' },
      { ...ordered, event_id: 'd', amount: null, currency: 'USD' },
      { ...ordered, event_id: 'e', amount: '-5', currency: 'EUR' },
      { ...ordered, event_id: 'f', amount: '9.99', currency: 'chf' },
      { ...ordered, event_id: 'g', amount: '9.99', currency: 'CHF', occurred_at: '2026-03-28 23:00:00' },
    ]),
  ],
  expect: [
    { event_id: 'a', occurred_date: '2026-03-28', revenue: '10.50', original_amount: '10.50', currency: 'EUR' },
    { event_id: 'b', occurred_date: '2026-03-28', revenue: '20', original_amount: '20', currency: 'EUR' },
    { event_id: 'c', occurred_date: '2026-03-28', revenue: null, original_amount: '30', currency: 'USD' },
    { event_id: 'd', occurred_date: '2026-03-28', revenue: null, original_amount: null, currency: null },
    { event_id: 'e', occurred_date: '2026-03-28', revenue: '-5', original_amount: '-5', currency: 'EUR' },
    { event_id: 'f', occurred_date: '2026-03-28', revenue: '10.420569', original_amount: '9.99', currency: 'CHF' },
    { event_id: 'g', occurred_date: '2026-03-29', revenue: '19.98', original_amount: '9.99', currency: 'CHF' },
  ],
})
