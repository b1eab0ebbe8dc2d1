import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { clickstream_events } from '../../models/events/clickstream_events'
import { events } from '../../models/events/events'
import { clickstream } from '../../sources/clickstream'

const ordered = { system: 'clickstream', raw_event_name: 'order' }

export const an_amount_in_another_currency_is_no_revenue = unitTest({
  description:
    'An amount without a currency is in the reporting currency, in whatever case that is written; one in another is kept as it was told, and is no revenue. Without an amount there is no currency.',
  model: events,
  definitions: [
    defined(clickstream, { table: 'raw.clicks', person: 'who', event: 'what', time: 'at' }),
    defined(reporting, { currency: 'EUR' }),
  ],
  given: [
    given(clickstream_events, [
      { ...ordered, event_id: 'a', amount: '10.50', currency: null },
      { ...ordered, event_id: 'b', amount: '20', currency: 'eur' },
      { ...ordered, event_id: 'c', amount: '30', currency: 'USD' },
      { ...ordered, event_id: 'd', amount: null, currency: 'USD' },
      { ...ordered, event_id: 'e', amount: '-5', currency: 'EUR' },
    ]),
  ],
  expect: [
    { event_id: 'a', revenue: '10.50', original_amount: '10.50', currency: 'EUR' },
    { event_id: 'b', revenue: '20', original_amount: '20', currency: 'EUR' },
    { event_id: 'c', revenue: null, original_amount: '30', currency: 'USD' },
    { event_id: 'd', revenue: null, original_amount: null, currency: null },
    { event_id: 'e', revenue: '-5', original_amount: '-5', currency: 'EUR' },
  ],
})
