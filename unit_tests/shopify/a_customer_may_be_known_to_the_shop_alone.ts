import { defined, given, unitTest } from 'throughline'
import { shopify_identifiers } from '../../models/events/shopify_identifiers'
import { shopify_moments } from '../../models/events/shopify_moments'
import { shopify } from '../../sources/shopify'

// SHA-256 of shopify:order_created:1 and of shopify:order_created:2
const first = 'b6dafc06d9c81a6bdb5d5afa32a3bdf843d777c23a1f76a6d60fdd4cf7983658'
const second = 'a9907e8d8d850820e6811d1d5d09e00525b3599f27fb7ed113332b68721fbc9b'

export const a_customer_may_be_known_to_the_shop_alone = unitTest({
  description:
    "An order is of its customer, its e-mail address, its phone number and its own number. Where Shopify's ids are not those of the tracker, the customer's is told with the shop's name before it.",
  model: shopify_identifiers,
  definitions: [defined(shopify, { schema: 'raw_shopify', customer_id_is_user_id: false })],
  given: [
    given(shopify_moments, [
      { moment_id: 'order_created:1', customer_id: '5', email: 'ada@acme.example', phone: '+49170', order_id: '1001' },
      { moment_id: 'order_created:2', order_id: '1002' },
    ]),
  ],
  expect: [
    { event_id: first, identifier_kind: 'crm_id', identifier_value: 'shopify:5' },
    { event_id: first, identifier_kind: 'email', identifier_value: 'ada@acme.example' },
    { event_id: first, identifier_kind: 'phone', identifier_value: '+49170' },
    { event_id: first, identifier_kind: 'order_id', identifier_value: '1001' },
    { event_id: second, identifier_kind: 'order_id', identifier_value: '1002' },
  ],
})
