import { defined, given, unitTest } from 'throughline'
import { ga4_events } from '../../models/events/ga4_events'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

export const only_purchases_and_refunds_are_worth_something = unitTest({
  description:
    "The amount of a purchase or refund is the parameter's value, else that of the totals; the value of any other event is no revenue. The order's number is that of the totals, else the parameter's.",
  model: ga4_events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    given(stg_ga4__events, [
      { event_id: 'a', raw_event_name: 'purchase', value: '31', purchase_revenue: '30.5', currency: 'EUR' },
      { event_id: 'b', raw_event_name: 'purchase', purchase_revenue: '30.5', refund_value: '9' },
      { event_id: 'c', raw_event_name: 'refund', value: '31', refund_value: '30' },
      { event_id: 'd', raw_event_name: 'refund', purchase_revenue: '31', refund_value: '12.25' },
      { event_id: 'e', raw_event_name: 'view_item', value: '19.9', purchase_revenue: '31', currency: 'EUR' },
      { event_id: 'f', raw_event_name: 'purchase', ecommerce_transaction_id: '1', parameter_transaction_id: '2' },
      { event_id: 'g', raw_event_name: 'purchase', parameter_transaction_id: '2' },
    ]),
  ],
  expect: [
    { event_id: 'a', amount: '31', currency: 'EUR', order_id: null },
    { event_id: 'b', amount: '30.5', currency: null, order_id: null },
    { event_id: 'c', amount: '31', currency: null, order_id: null },
    { event_id: 'd', amount: '12.25', currency: null, order_id: null },
    { event_id: 'e', amount: null, currency: 'EUR', order_id: null },
    { event_id: 'f', amount: null, currency: null, order_id: '1' },
    { event_id: 'g', amount: null, currency: null, order_id: '2' },
  ],
})
