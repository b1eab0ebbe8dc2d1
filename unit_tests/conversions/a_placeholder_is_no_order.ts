import { defined, given, unitTest } from 'throughline'
import { conversions as conversionRules } from '../../models/definitions/conversions'
import { identity } from '../../models/definitions/identity'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'

const orders = [
  { event_id: 'a', order_id: '(not set)', revenue: '10' },
  { event_id: 'b', order_id: '(Not Set)', revenue: '20' },
  { event_id: 'c', order_id: 'TEST', revenue: '30' },
  { event_id: 'd', order_id: 'test', revenue: '40' },
  { event_id: 'e', order_id: '1001', revenue: '50' },
  { event_id: 'f', order_id: '1001', revenue: '50' },
]

export const a_placeholder_is_no_order = unitTest({
  description:
    'What stands for no order makes no one order of the events that have it, in whatever case it is written.',
  model: conversions,
  given: [
    given(
      events,
      orders.map((order, index) => ({
        ...order,
        event_name: 'order_placed',
        occurred_at: `2026-03-0${index + 1} 10:00:00`,
      })),
    ),
    given(
      person_events,
      orders.map(({ event_id }) => ({ event_id, person_id: 'ada', session_id: event_id, is_counted: true })),
    ),
  ],
  definitions: [
    defined(conversionRules, { purchase: { event: 'order_placed', value: 'revenue' } }),
    defined(identity, { placeholders: ['test'] }),
  ],
  expect: [
    { event_id: 'a', order_id: null, revenue: '10' },
    { event_id: 'b', order_id: null, revenue: '20' },
    { event_id: 'c', order_id: null, revenue: '30' },
    { event_id: 'd', order_id: null, revenue: '40' },
    { event_id: 'e', order_id: '1001', revenue: '50' },
  ],
})
