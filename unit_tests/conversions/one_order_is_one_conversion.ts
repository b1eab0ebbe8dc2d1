import { defined, given, unitTest } from 'throughline'
import { conversions as conversionRules } from '../../models/definitions/conversions'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'

const told = [
  // The site tells it first, without the amount; then the till, and a day later the books, which say something else.
  { event_id: 'web', order_id: '1001', occurred_at: '2026-03-01 10:00:00', person_id: 'ada', session_id: 's1' },
  {
    event_id: 'till',
    order_id: '1001',
    occurred_at: '2026-03-01 10:00:05',
    person_id: 'bob',
    session_id: null,
    revenue: '99.90',
  },
  {
    event_id: 'books',
    order_id: '1001',
    occurred_at: '2026-03-02 10:00:00',
    person_id: 'ada',
    session_id: null,
    revenue: '95',
  },
  // Named as an event is, and yet no report of it.
  {
    event_id: 'other',
    order_id: 'event:none',
    occurred_at: '2026-03-03 10:00:00',
    person_id: 'ada',
    session_id: 's2',
    revenue: '5',
  },
  {
    event_id: 'none',
    order_id: null,
    occurred_at: '2026-03-04 10:00:00',
    person_id: 'ada',
    session_id: 's3',
    revenue: '7',
  },
  {
    event_id: 'nor',
    order_id: null,
    occurred_at: '2026-03-05 10:00:00',
    person_id: 'ada',
    session_id: 's3',
    revenue: '8',
  },
]

export const one_order_is_one_conversion = unitTest({
  description:
    'One order is one conversion of each definition, its earliest report; the first report that knows the amount tells it. Events without an order are each their own.',
  model: conversions,
  definitions: [
    defined(conversionRules, {
      purchase: { event: 'order_placed', value: 'revenue' },
      customer: { event: 'order_placed', counts: 'once_per_person', value: 12.5 },
    }),
  ],
  given: [
    given(
      events,
      told.map(({ event_id, order_id, occurred_at, revenue }) => ({
        event_id,
        order_id,
        occurred_at,
        revenue: revenue ?? null,
        event_name: 'order_placed',
      })),
    ),
    given(
      person_events,
      told.map(({ event_id, person_id, session_id }) => ({ event_id, person_id, session_id, is_counted: true })),
    ),
  ],
  expect: [
    {
      conversion: 'purchase',
      event_id: 'web',
      order_id: '1001',
      person_id: 'ada',
      session_id: 's1',
      revenue: '99.90',
      conversion_number: 1,
    },
    {
      conversion: 'purchase',
      event_id: 'other',
      order_id: 'event:none',
      person_id: 'ada',
      session_id: 's2',
      revenue: 5,
      conversion_number: 2,
    },
    { conversion: 'purchase', event_id: 'none', person_id: 'ada', session_id: 's3', revenue: 7, conversion_number: 3 },
    { conversion: 'purchase', event_id: 'nor', person_id: 'ada', session_id: 's3', revenue: 8, conversion_number: 4 },
    // Bob told of an order that is Ada's: he is no customer by that.
    {
      conversion: 'customer',
      event_id: 'web',
      order_id: '1001',
      person_id: 'ada',
      session_id: 's1',
      revenue: '12.5',
      conversion_number: 1,
    },
  ],
})
