import { defined, given, unitTest } from 'throughline'
import { clickstream_events } from '../../models/events/clickstream_events'
import { stg_clickstream__events } from '../../models/staging/stg_clickstream__events'
import { clickstream } from '../../sources/clickstream'

export const channels_of_the_file_stand_for_ours = unitTest({
  description: 'A channel of the file is read as the channel it stands for, others as themselves; none is none.',
  model: clickstream_events,
  definitions: [
    defined(clickstream, {
      table: 'raw.clicks',
      person: 'who',
      event: 'what',
      time: 'at',
      columns: { channel: 'channel', referrer: 'referrer' },
      channels: { paid_search: 'Paid Search' },
    }),
  ],
  given: [
    given(stg_clickstream__events, [
      { event_id: 'a', raw_channel: 'paid_search', referrer_url: 'https://WWW.Google.com/search?q=lamp' },
      { event_id: 'b', raw_channel: 'Store', platform: 'store' },
      { event_id: 'c', raw_channel: null, referrer_url: 'not a url' },
    ]),
  ],
  expect: [
    { event_id: 'a', given_channel: 'Paid Search', referrer_host: 'www.google.com', platform: 'web' },
    { event_id: 'b', given_channel: 'Store', referrer_host: null, platform: 'store' },
    { event_id: 'c', given_channel: null, referrer_host: null, platform: 'web' },
  ],
})
