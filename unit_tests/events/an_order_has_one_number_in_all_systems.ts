import { defined, given, unitTest } from 'throughline'
import { clickstream_events } from '../../models/events/clickstream_events'
import { events } from '../../models/events/events'
import { clickstream } from '../../sources/clickstream'

export const an_order_has_one_number_in_all_systems = unitTest({
  description:
    'The # that some systems write before the number of an order is left out, and white space around it; its letters are capitals.',
  model: events,
  definitions: [defined(clickstream, { table: 'raw.clicks', person: 'who', event: 'what', time: 'at' })],
  given: [
    given(clickstream_events, [
      { event_id: 'a', order_id: '#1001' },
      { event_id: 'b', order_id: ' 1001' },
      { event_id: 'c', order_id: 'de-1001#2' },
      { event_id: 'd', order_id: '#' },
      { event_id: 'e', order_id: null },
    ]),
  ],
  expect: [
    { event_id: 'a', order_id: '1001' },
    { event_id: 'b', order_id: '1001' },
    { event_id: 'c', order_id: 'DE-1001#2' },
    { event_id: 'd', order_id: null },
    { event_id: 'e', order_id: null },
  ],
})
