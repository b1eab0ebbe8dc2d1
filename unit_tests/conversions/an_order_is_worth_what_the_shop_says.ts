import { defined, given, unitTest } from 'throughline'
import { conversions as conversionRules } from '../../models/definitions/conversions'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'
import { orders } from '../../models/orders/orders'

const ordered = { event_name: 'order_placed', revenue: '99' }
const told = [
  { ...ordered, event_id: 'a', order_id: 'partly back' },
  { ...ordered, event_id: 'b', order_id: 'called off' },
  { ...ordered, event_id: 'c', order_id: 'a try' },
  { ...ordered, event_id: 'd', order_id: 'no rate' },
  { ...ordered, event_id: 'e', order_id: 'not known' },
  { ...ordered, event_id: 'f', order_id: null },
]
const order = { is_test: false, gross_revenue: '100', refunded_amount: '30', revenue: '70' }

export const an_order_is_worth_what_the_shop_says = unitTest({
  description:
    "Where the shop knows an order, its revenue is the conversion's, whatever the event said, and 0 where its exchange rate is missing. An order that was called off stays a conversion, of revenue 0; a test is none. Where no shop knows it, the event's revenue counts; where the definition gives a value, that counts.",
  model: conversions,
  definitions: [
    defined(conversionRules, {
      purchase: { event: 'order_placed', value: 'revenue' },
      customer: { event: 'order_placed', value: 5, where: { revenue: { at_least: 1 } } },
    }),
  ],
  given: [
    given(events, told),
    given(
      person_events,
      told.map(({ event_id }) => ({ event_id, person_id: event_id, is_counted: true })),
    ),
    given(orders, [
      { ...order, order_id: 'partly back' },
      { ...order, order_id: 'called off', revenue: '0' },
      { ...order, order_id: 'a try', is_test: true },
      { order_id: 'no rate', is_test: false, gross_revenue: null, refunded_amount: null, revenue: null },
    ]),
  ],
  expect: [
    ...[
      { event_id: 'a', order_id: 'partly back', gross_revenue: 100, refunded_amount: 30, revenue: 70 },
      { event_id: 'b', order_id: 'called off', gross_revenue: 100, refunded_amount: 30, revenue: 0 },
      { event_id: 'd', order_id: 'no rate', gross_revenue: 0, refunded_amount: 0, revenue: 0 },
      { event_id: 'e', order_id: 'not known', gross_revenue: 99, refunded_amount: 0, revenue: 99 },
      { event_id: 'f', order_id: null, gross_revenue: 99, refunded_amount: 0, revenue: 99 },
    ].map(found => ({ ...found, conversion: 'purchase' })),
    ...[
      { event_id: 'a', order_id: 'partly back' },
      { event_id: 'b', order_id: 'called off' },
      { event_id: 'd', order_id: 'no rate' },
      { event_id: 'e', order_id: 'not known' },
      { event_id: 'f', order_id: null },
    ].map(found => ({ ...found, conversion: 'customer', gross_revenue: 5, refunded_amount: 0, revenue: 5 })),
  ],
})
