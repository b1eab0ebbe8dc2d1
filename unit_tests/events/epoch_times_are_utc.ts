import { defined, givenRaw, unitTest } from 'throughline'
import { stg_clickstream__events } from '../../models/staging/stg_clickstream__events'
import { clickstream } from '../../sources/clickstream'

export const epoch_times_are_utc = unitTest({
  description: 'A whole number of microseconds since 1970 is that instant, whatever the zone of the file.',
  model: stg_clickstream__events,
  definitions: [
    defined(clickstream, {
      table: 'raw.clicks',
      person: 'who',
      event: 'what',
      time: { column: 'at', timezone: 'Europe/Berlin', format: 'epoch_microseconds' },
      columns: { event_id: 'id' },
    }),
  ],
  given: [givenRaw(clickstream.tables.events, [{ id: 'a', who: 'ada', what: 'click', at: 1_709_164_800_000_001 }])],
  expect: [{ event_id: 'a', occurred_at: '2024-02-29 00:00:00.000001' }],
})
