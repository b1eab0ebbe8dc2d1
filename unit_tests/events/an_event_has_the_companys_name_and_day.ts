import { defined, given, unitTest } from 'throughline'
import { reporting } from '../../models/definitions/reporting'
import { clickstream_events } from '../../models/events/clickstream_events'
import { event_names } from '../../models/events/event_names'
import { events } from '../../models/events/events'
import { clickstream } from '../../sources/clickstream'

export const an_event_has_the_companys_name_and_day = unitTest({
  description:
    "An event has the company's name, where its system's name has one, else its own; its day is that of the reporting zone.",
  model: events,
  definitions: [
    defined(clickstream, { table: 'raw.clicks', person: 'who', event: 'what', time: 'at' }),
    defined(reporting, { timezone: 'Europe/Berlin' }),
  ],
  given: [
    given(event_names, [
      { system: 'clickstream', raw_event_name: 'purchase', event_name: 'order_placed' },
      { system: 'another', raw_event_name: 'view', event_name: 'page_viewed' },
    ]),
    given(clickstream_events, [
      { event_id: 'a', system: 'clickstream', raw_event_name: 'purchase', occurred_at: '2026-02-28 22:59:59.999999' },
      { event_id: 'b', system: 'clickstream', raw_event_name: 'view', occurred_at: '2026-02-28 23:00:00' },
      { event_id: 'c', system: 'clickstream', raw_event_name: 'Purchase', occurred_at: '2026-07-01 22:00:00' },
    ]),
  ],
  expect: [
    { event_id: 'a', event_name: 'order_placed', raw_event_name: 'purchase', occurred_date: '2026-02-28' },
    { event_id: 'b', event_name: 'view', raw_event_name: 'view', occurred_date: '2026-03-01' },
    { event_id: 'c', event_name: 'Purchase', raw_event_name: 'Purchase', occurred_date: '2026-07-02' },
  ],
})
