import { defined, givenRaw, unitTest } from 'throughline'
import { stg_clickstream__events } from '../../models/staging/stg_clickstream__events'
import { clickstream } from '../../sources/clickstream'

const row = { who: 'ada', what: 'click', at: '2026-03-01 10:00:00' }

export const the_newest_version_of_an_event_counts = unitTest({
  description:
    'Of rows with one id the last to come in counts, whatever their order in the file; a row that does not say when comes before all others, and of those that came in at once the greatest hash counts.',
  model: stg_clickstream__events,
  definitions: [
    defined(clickstream, {
      table: 'raw.clicks',
      person: 'who',
      event: 'what',
      time: 'at',
      columns: { event_id: 'id', loaded_at: 'loaded', page: 'page' },
    }),
  ],
  given: [
    givenRaw(clickstream.tables.events, [
      { ...row, id: 'corrected', loaded: '2026-03-01 12:00:00', page: '/new' },
      { ...row, id: 'corrected', loaded: '2026-03-01 11:00:00', page: '/old' },
      { ...row, id: 'corrected', loaded: null, page: '/never' },
      { ...row, id: 'at once', loaded: '2026-03-01 11:00:00', page: '/a', tl_row_id: 'b' },
      { ...row, id: 'at once', loaded: '2026-03-01 11:00:00', page: '/b', tl_row_id: 'c' },
      { ...row, id: 'at once', loaded: '2026-03-01 11:00:00', page: '/c', tl_row_id: 'a' },
      { ...row, id: 'twice', loaded: '2026-03-01 11:00:00', page: '/same' },
      { ...row, id: 'twice', loaded: '2026-03-01 11:00:00', page: '/same' },
    ]),
  ],
  expect: [
    { event_id: 'corrected', page_url: '/new', loaded_at: '2026-03-01 12:00:00' },
    { event_id: 'at once', page_url: '/b', loaded_at: '2026-03-01 11:00:00' },
    { event_id: 'twice', page_url: '/same', loaded_at: '2026-03-01 11:00:00' },
  ],
})
