import { defined, given, unitTest } from 'throughline'
import { conversions as conversionRules } from '../../models/definitions/conversions'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'

const ordered = { event_name: 'order_placed' }
const told = [
  // The shop is a second before the site; the site tells it twice.
  { event_id: 'shop', order_id: '1', occurred_at: '2026-03-01 10:00:00', session_id: null, revenue: '50' },
  { event_id: 'site', order_id: '1', occurred_at: '2026-03-01 10:00:01', session_id: 's1', revenue: '60' },
  { event_id: 'again', order_id: '1', occurred_at: '2026-03-01 10:00:02', session_id: 's2', revenue: '60' },
  // Nobody but the shop and its books tell of this one.
  { event_id: 'books', order_id: '2', occurred_at: '2026-03-02 10:00:01', session_id: null, revenue: '70' },
  { event_id: 'phone', order_id: '2', occurred_at: '2026-03-02 10:00:00', session_id: null, revenue: null },
]

export const the_customers_own_act_is_the_conversion = unitTest({
  description:
    'Of several reports of one order the earliest action of the customer is the conversion, which is why it has a session; without any, the earliest report. The amount is that of the first report that knows one, whichever it is.',
  model: conversions,
  definitions: [defined(conversionRules, { purchase: { event: 'order_placed', value: 'revenue' } })],
  given: [
    given(
      events,
      told.map(({ session_id, ...event }) => ({ ...ordered, ...event })),
    ),
    given(
      person_events,
      told.map(({ event_id, session_id }) => ({ event_id, session_id, person_id: 'ada', is_counted: true })),
    ),
  ],
  expect: [
    {
      event_id: 'site',
      order_id: '1',
      session_id: 's1',
      converted_at: '2026-03-01 10:00:01',
      revenue: 50,
      conversion_number: 1,
    },
    {
      event_id: 'phone',
      order_id: '2',
      session_id: null,
      converted_at: '2026-03-02 10:00:00',
      revenue: 70,
      conversion_number: 2,
    },
  ].map(found => ({ ...found, conversion: 'purchase', person_id: 'ada' })),
})
