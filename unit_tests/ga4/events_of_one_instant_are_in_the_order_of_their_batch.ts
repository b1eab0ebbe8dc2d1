import { defined, givenRaw, unitTest } from 'throughline'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

const row = {
  event_date: '20231215',
  event_timestamp: 1_702_643_009_060_308,
  user_pseudo_id: 'ada',
  stream_id: '1',
}
const placed = { ...row, batch_page_id: 1_702_643_000_000, batch_ordering_id: 2 }

export const events_of_one_instant_are_in_the_order_of_their_batch = unitTest({
  description:
    'Where the place of an event in its batch is known, its id begins with page, request and place, so that ids of one instant are in that order; then comes the SHA-256 of what tells the event from others. Where it is not known, the id is that SHA-256, over its parameters too.',
  model: stg_ga4__events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    givenRaw(ga4.tables.events, [
      { ...placed, event_name: 'view_item', batch_event_index: 1 },
      { ...placed, event_name: 'page_view', batch_event_index: 0 },
      { ...placed, event_name: 'page_view', batch_event_index: 0, user_pseudo_id: null },
      {
        ...row,
        event_name: 'page_view',
        event_params: [
          { key: 'percent', value: { int_value: 50 } },
          { key: 'page_title', value: { string_value: 'Lamps' } },
        ],
      },
    ]),
  ],
  expect: [
    { raw_event_name: 'page_view', event_id: 'bf019c82a2c49f08e5e5afa50afa4ddd5b6f3abcfc670a2497146ef91a8dc578' },
    { raw_event_name: 'page_view', event_id: '017026430000000000200000c2b801d056aa1cd4161ec3bc5e984ed158728ded' },
    { raw_event_name: 'page_view', event_id: '017026430000000000200000cd32a92d66a2d81e802bc632449277a214d8cbd0' },
    { raw_event_name: 'view_item', event_id: '017026430000000000200001e23dd29df73cedca5c7738245a7b6ace6966df35' },
  ],
})
