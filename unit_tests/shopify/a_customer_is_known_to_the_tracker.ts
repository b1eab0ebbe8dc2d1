import { defined, given, unitTest } from 'throughline'
import { shopify_records } from '../../models/events/shopify_records'
import { stg_shopify__customer } from '../../models/staging/stg_shopify__customer'
import { shopify } from '../../sources/shopify'

const told = { record_id: 'shopify:customer:5', system: 'shopify', stated_at: '2026-03-01 10:00:00' }

export const a_customer_is_known_to_the_tracker = unitTest({
  description:
    "A customer's record has their id, which is the user id of the tracker unless the config says otherwise, their e-mail address and phone number, where it has them.",
  model: shopify_records,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(stg_shopify__customer, [
      { customer_id: '5', email: 'ada@acme.example', phone: '+491701234567', created_at: '2026-03-01 10:00:00' },
      { customer_id: '6', created_at: '2026-03-02 10:00:00' },
    ]),
  ],
  expect: [
    { ...told, identifier_kind: 'user_id', identifier_value: '5' },
    { ...told, identifier_kind: 'email', identifier_value: 'ada@acme.example' },
    { ...told, identifier_kind: 'phone', identifier_value: '+491701234567' },
    {
      record_id: 'shopify:customer:6',
      system: 'shopify',
      stated_at: '2026-03-02 10:00:00',
      identifier_kind: 'user_id',
      identifier_value: '6',
    },
  ],
})
