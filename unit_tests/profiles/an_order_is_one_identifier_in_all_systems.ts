import { defined, given, unitTest } from 'throughline'
import { clickstream_identifiers } from '../../models/events/clickstream_identifiers'
import { events } from '../../models/events/events'
import { shopify_identifiers } from '../../models/events/shopify_identifiers'
import { seen_identifiers } from '../../models/profiles/seen_identifiers'
import { clickstream } from '../../sources/clickstream'
import { shopify } from '../../sources/shopify'

const seen = { seen_in: 'event', identifier_kind: 'order_id', identifier_value: '1001' }
// SHA-256 of order_id:1001
const identifier_id = '1b15d300d4f4cf24f0500f534aae162806174a04e145db11a38e548144e9cc67'

export const an_order_is_one_identifier_in_all_systems = unitTest({
  description:
    'The number of an order is one identifier, whether a system writes a # before it or not: by it the cookie that the site saw and the customer whom the shop knows are one person.',
  model: seen_identifiers,
  definitions: [
    defined(clickstream, { table: 'raw.clicks', person: 'who', event: 'what', time: 'at' }),
    defined(shopify, { schema: 'raw_shopify' }),
  ],
  given: [
    given(events, [{ event_id: 'site' }, { event_id: 'shop' }, { event_id: 'no number' }]),
    given(clickstream_identifiers, [
      { event_id: 'site', identifier_kind: 'order_id', identifier_value: ' #1001' },
      { event_id: 'no number', identifier_kind: 'order_id', identifier_value: '#' },
    ]),
    given(shopify_identifiers, [{ event_id: 'shop', identifier_kind: 'order_id', identifier_value: '1001' }]),
  ],
  expect: [
    { ...seen, seen_id: 'site', identifier_id },
    { ...seen, seen_id: 'shop', identifier_id },
  ],
})
