import { defined, givenRaw, unitTest } from 'throughline'
import { stg_clickstream__events } from '../../models/staging/stg_clickstream__events'
import { clickstream } from '../../sources/clickstream'

export const times_are_read_in_the_zone_of_the_file = unitTest({
  description:
    'A time is that of a clock on the wall in the zone of the file: in winter, in summer, and in the hour that comes twice its first.',
  model: stg_clickstream__events,
  definitions: [
    defined(clickstream, {
      table: 'raw.clicks',
      person: 'who',
      event: 'what',
      time: { column: 'at', timezone: 'Europe/Berlin' },
      columns: { event_id: 'id' },
    }),
  ],
  given: [
    givenRaw(clickstream.tables.events, [
      { id: 'winter', who: 'ada', what: 'click', at: '2026-01-01 00:30:00' },
      { id: 'summer', who: 'ada', what: 'click', at: '2026-07-01 00:30:00.000001' },
      { id: 'twice', who: 'ada', what: 'click', at: '2026-10-25 02:30:00' },
    ]),
  ],
  expect: [
    { event_id: 'winter', occurred_at: '2025-12-31 23:30:00' },
    { event_id: 'summer', occurred_at: '2026-06-30 22:30:00.000001' },
    { event_id: 'twice', occurred_at: '2026-10-25 00:30:00' },
  ],
})
