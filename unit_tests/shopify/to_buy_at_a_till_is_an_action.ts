import { defined, given, unitTest } from 'throughline'
import { shopify_events } from '../../models/events/shopify_events'
import { shopify_moments } from '../../models/events/shopify_moments'
import { shopify } from '../../sources/shopify'

const moment = { raw_event_name: 'order_created', is_test: false, amount: '119', currency: 'EUR' }
const told = { system: 'shopify', raw_event_name: 'order_created', is_test: false, amount: 119, currency: 'EUR' }

export const to_buy_at_a_till_is_an_action = unitTest({
  description:
    'To buy at a till is an action of the customer, of channel Store; an order of the site or of an app is none, as the tracker there tells of the action. An event is named by the shop and what happened to what.',
  model: shopify_events,
  definitions: [defined(shopify, { schema: 'raw_shopify' })],
  given: [
    given(shopify_moments, [
      { ...moment, moment_id: 'order_created:1', place: 'store', is_at_till: true, order_id: '1001' },
      { ...moment, moment_id: 'order_created:2', place: 'web', is_at_till: false, order_id: '1002' },
      { ...moment, moment_id: 'order_refunded:8', place: 'store', is_at_till: false, raw_event_name: 'order_refunded' },
    ]),
  ],
  expect: [
    {
      ...told,
      // SHA-256 of shopify:order_created:1
      event_id: 'b6dafc06d9c81a6bdb5d5afa32a3bdf843d777c23a1f76a6d60fdd4cf7983658',
      system_event_id: 'order_created:1',
      platform: 'store',
      is_customer_action: true,
      place_channel: 'Store',
      order_id: '1001',
    },
    {
      ...told,
      event_id: 'a9907e8d8d850820e6811d1d5d09e00525b3599f27fb7ed113332b68721fbc9b',
      system_event_id: 'order_created:2',
      platform: 'web',
      is_customer_action: false,
      place_channel: null,
      order_id: '1002',
    },
    {
      ...told,
      event_id: '049963e94531ccf89bfa66180768498fe8c86ad59be4770e4a5f8816f16f000b',
      system_event_id: 'order_refunded:8',
      raw_event_name: 'order_refunded',
      platform: 'store',
      is_customer_action: false,
      place_channel: null,
    },
  ],
})
