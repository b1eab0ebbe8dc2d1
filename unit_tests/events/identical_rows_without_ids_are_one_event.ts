import { defined, givenRaw, unitTest } from 'throughline'
import { stg_clickstream__events } from '../../models/staging/stg_clickstream__events'
import { clickstream } from '../../sources/clickstream'

const row = { who: 'ada', what: 'click', at: '2026-03-01 10:00:00' }

export const identical_rows_without_ids_are_one_event = unitTest({
  description:
    'A row without an id of its own is named by its whole content: rows that differ nowhere are one event, rows that differ anywhere are two.',
  model: stg_clickstream__events,
  definitions: [
    defined(clickstream, {
      table: 'raw.clicks',
      person: 'who',
      event: 'what',
      time: 'at',
      columns: { event_id: 'id', page: 'page' },
    }),
  ],
  given: [
    givenRaw(clickstream.tables.events, [
      { ...row, id: null, page: '/a', tl_row_id: 'hash of a' },
      { ...row, id: null, page: '/a', tl_row_id: 'hash of a' },
      { ...row, id: ' ', page: '/b', tl_row_id: 'hash of b' },
      { ...row, id: ' own ', page: '/b', tl_row_id: 'hash of c' },
    ]),
  ],
  expect: [
    { event_id: 'hash of a', system_event_id: null, page_url: '/a' },
    { event_id: 'hash of b', system_event_id: null, page_url: '/b' },
    { event_id: 'own', system_event_id: 'own', page_url: '/b' },
  ],
})
