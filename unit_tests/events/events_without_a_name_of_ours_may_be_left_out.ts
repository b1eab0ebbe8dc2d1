import { defined, given, unitTest } from 'throughline'
import { events as taxonomy } from '../../models/definitions/events'
import { clickstream_events } from '../../models/events/clickstream_events'
import { event_names } from '../../models/events/event_names'
import { events } from '../../models/events/events'
import { clickstream } from '../../sources/clickstream'

export const events_without_a_name_of_ours_may_be_left_out = unitTest({
  description: 'With keep_unmapped: false, events that the company has no name for are left out.',
  model: events,
  definitions: [
    defined(clickstream, { table: 'raw.clicks', person: 'who', event: 'what', time: 'at' }),
    defined(taxonomy, { keep_unmapped: false, clickstream: { purchase: 'order_placed' } }),
  ],
  given: [
    given(event_names, [{ system: 'clickstream', raw_event_name: 'purchase', event_name: 'order_placed' }]),
    given(clickstream_events, [
      { event_id: 'a', system: 'clickstream', raw_event_name: 'purchase' },
      { event_id: 'b', system: 'clickstream', raw_event_name: 'heartbeat' },
    ]),
  ],
  expect: [{ event_id: 'a', event_name: 'order_placed' }],
})
