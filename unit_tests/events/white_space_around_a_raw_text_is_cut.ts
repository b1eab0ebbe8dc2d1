import { defined, givenRaw, unitTest } from 'throughline'
import { stg_clickstream__events } from '../../models/staging/stg_clickstream__events'
import { clickstream } from '../../sources/clickstream'

export const white_space_around_a_raw_text_is_cut = unitTest({
  description:
    'White space around a raw text is cut, and a text of nothing else is none. One raw column may stand for two of ours; what is not mapped is NULL.',
  model: stg_clickstream__events,
  definitions: [
    defined(clickstream, {
      table: 'raw.clicks',
      person: 'who',
      event: 'what',
      time: 'at',
      columns: {
        event_id: 'id',
        device: 'cookie',
        platform: 'kind',
        device_category: 'kind',
        order_id: 'number',
        revenue: 'total',
      },
    }),
  ],
  given: [
    givenRaw(clickstream.tables.events, [
      {
        id: '1',
        who: ' ada\t',
        what: ' order placed ',
        at: '2026-03-01 10:00:00',
        cookie: ' ',
        kind: 'ios',
        number: ' A 1\n',
        total: '12.50',
      },
      {
        id: '2',
        who: '',
        what: 'click',
        at: '2026-03-01 10:00:00',
        cookie: 'C1',
        kind: '',
        number: '\r\n',
        total: null,
      },
    ]),
  ],
  expect: [
    {
      event_id: '1',
      user_id: 'ada',
      device_id: null,
      raw_event_name: 'order placed',
      platform: 'ios',
      device_category: 'ios',
      order_id: 'A 1',
      amount: '12.50',
      currency: null,
    },
    {
      event_id: '2',
      user_id: null,
      device_id: 'C1',
      raw_event_name: 'click',
      platform: null,
      device_category: null,
      order_id: null,
      amount: null,
      currency: null,
    },
  ],
})
