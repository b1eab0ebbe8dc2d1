import { defined, givenRaw, unitTest } from 'throughline'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

const word = (key: string, string_value: string) => ({ key, value: { string_value } })
const whole = (key: string, int_value: number) => ({ key, value: { int_value } })

const row = {
  event_date: '20231215',
  event_timestamp: 1_702_643_009_060_308,
  event_name: 'scroll',
  user_pseudo_id: 'ada',
  stream_id: '1',
}
const placed = { ...row, batch_page_id: 1_702_643_000_000, batch_ordering_id: 2 }

export const an_event_that_came_twice_is_one = unitTest({
  description:
    'Events of one visitor, name and microsecond are one where they have the same place in a batch; where that or the visitor is not known, where they have the same parameters in whatever order. Of the rows of one event the greatest row id counts.',
  model: stg_ga4__events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    givenRaw(ga4.tables.events, [
      { ...row, tl_row_id: 'a', event_params: [word('page_title', 'Lamps'), whole('percent', 50)] },
      { ...row, tl_row_id: 'b', event_params: [whole('percent', 50), word('page_title', 'Lamps')] },
      { ...row, tl_row_id: 'b', event_params: [whole('percent', 50), word('page_title', 'Lamps')] },
      { ...row, tl_row_id: 'c', event_params: [word('page_title', 'Lamps'), whole('percent', 90)] },
      { ...row, tl_row_id: 'd', event_params: [word('page_title', 'Lamps'), word('percent', '50')] },
      { ...row, tl_row_id: 'e', event_params: null },
      { ...row, tl_row_id: 'f', event_params: null, user_pseudo_id: 'bob' },
      { ...row, tl_row_id: 'g', event_params: null, stream_id: '2' },
      { ...row, tl_row_id: 'h', event_params: null, event_name: 'click' },
      { ...row, tl_row_id: 'i', event_params: null, event_timestamp: 1_702_643_009_060_309 },
      { ...placed, tl_row_id: 'j', batch_event_index: 1, event_params: [whole('percent', 50)] },
      { ...placed, tl_row_id: 'k', batch_event_index: 1, event_params: [whole('percent', 90)] },
      { ...placed, tl_row_id: 'l', batch_event_index: 2, event_params: [whole('percent', 50)] },
      { ...placed, tl_row_id: 'm', batch_event_index: 1, event_params: [whole('percent', 50)], user_pseudo_id: null },
      { ...placed, tl_row_id: 'n', batch_event_index: 1, event_params: [whole('percent', 90)], user_pseudo_id: null },
    ]),
  ],
  expect: ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'k', 'l', 'm', 'n'].map(row_id => ({ row_id })),
})
