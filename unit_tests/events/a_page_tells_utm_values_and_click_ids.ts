import { defined, given, unitTest } from 'throughline'
import { clickstream_events } from '../../models/events/clickstream_events'
import { stg_clickstream__events } from '../../models/staging/stg_clickstream__events'
import { clickstream } from '../../sources/clickstream'

const page = (event_id: string, query: string) => ({ event_id, page_url: `https://Shop.example/Lamps?${query}` })
const told = { page_host: 'shop.example', page_path: '/Lamps', platform: 'web', is_customer_action: true }

export const a_page_tells_utm_values_and_click_ids = unitTest({
  description:
    "UTM values without a column of their own are the page's, decoded and trimmed; of several click ids the first that we know counts, Facebook's last, and an empty one is none.",
  model: clickstream_events,
  definitions: [
    defined(clickstream, {
      table: 'raw.clicks',
      person: 'who',
      event: 'what',
      time: 'at',
      columns: { page: 'page', utm_medium: 'medium' },
    }),
  ],
  given: [
    given(stg_clickstream__events, [
      { ...page('utm', 'utm_source=News+Letter%20&utm_campaign=caf%C3%A9&utm_medium=unread'), utm_medium: 'email' },
      page('blank', 'utm_source=+&utm_campaign='),
      ...['gclid', 'gbraid', 'wbraid', 'msclkid', 'ttclid', 'li_fat_id', 'twclid', 'dclid', 'fbclid'].map(kind =>
        page(kind, `a=1&${kind}=x`),
      ),
      page('facebook and google', 'fbclid=x&gclid=y'),
      page('empty', 'gclid=&fbclid=x'),
      page('other name', 'not_gclid=x'),
      { event_id: 'no page' },
    ]),
  ],
  expect: [
    { event_id: 'utm', utm_source: 'News Letter', utm_medium: 'email', utm_campaign: 'café', ...told },
    { event_id: 'blank', ...told },
    ...['gclid', 'gbraid', 'wbraid', 'msclkid', 'ttclid', 'li_fat_id', 'twclid', 'dclid', 'fbclid'].map(kind => ({
      event_id: kind,
      click_id_kind: kind,
      ...told,
    })),
    { event_id: 'facebook and google', click_id_kind: 'gclid', ...told },
    { event_id: 'empty', click_id_kind: 'fbclid', ...told },
    { event_id: 'other name', ...told },
    { event_id: 'no page', platform: 'web', is_customer_action: true },
  ],
})
