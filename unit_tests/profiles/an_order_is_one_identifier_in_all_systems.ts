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
// SHA-256 of order_id:LL2002
const ofLetters = '2b37e3c131eff806f96fd52f02817a1f5b7495c275b2e8fdbcdd8abe00a06b2b'

export const an_order_is_one_identifier_in_all_systems = unitTest({
  description:
    'The number of an order is one identifier, whether a system writes a # before it or not, in capitals or not: by it the cookie that the site saw and the customer whom the shop knows are one person.',
  model: seen_identifiers,
  definitions: [
    defined(clickstream, { table: 'raw.clicks', person: 'who', event: 'what', time: 'at' }),
    defined(shopify, { schema: 'raw_shopify' }),
  ],
  given: [
    given(events, [
      { event_id: 'site' },
      { event_id: 'shop' },
      { event_id: 'no number' },
      { event_id: 'site ll' },
      { event_id: 'shop LL' },
    ]),
    given(clickstream_identifiers, [
      { event_id: 'site', identifier_kind: 'order_id', identifier_value: ' #1001' },
      { event_id: 'no number', identifier_kind: 'order_id', identifier_value: '#' },
      { event_id: 'site ll', identifier_kind: 'order_id', identifier_value: 'll2002' },
    ]),
    given(shopify_identifiers, [
      { event_id: 'shop', identifier_kind: 'order_id', identifier_value: '1001' },
      { event_id: 'shop LL', identifier_kind: 'order_id', identifier_value: 'LL2002' },
    ]),
  ],
  expect: [
    { ...seen, seen_id: 'site', identifier_id },
    { ...seen, seen_id: 'shop', identifier_id },
    { ...seen, seen_id: 'site ll', identifier_value: 'LL2002', identifier_id: ofLetters },
    { ...seen, seen_id: 'shop LL', identifier_value: 'LL2002', identifier_id: ofLetters },
  ],
})
