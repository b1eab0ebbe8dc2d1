import { defined, given, unitTest } from 'throughline'
import { ga4_events } from '../../models/events/ga4_events'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

export const ga4_says_where_it_happened_and_who_only_tried = unitTest({
  description:
    'Page and referrer are taken apart, but not a referrer that GA4 is told to ignore; an event in debug mode or of internal traffic is a test.',
  model: ga4_events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    given(stg_ga4__events, [
      {
        event_id: 'web',
        platform: 'web',
        page_url: 'https://Shop.example/Lamps/?x=1',
        hostname: 'other.example',
        referrer_url: 'https://News.example/today',
        browser: 'Chrome',
        device_category: 'mobile',
        operating_system: 'Android',
        country: 'Switzerland',
        region: 'Zurich',
        source_session_id: '1702642286',
      },
      { event_id: 'no page', hostname: 'Shop.example', referrer_url: 'https://a.example/', ignore_referrer: 'true' },
      { event_id: 'app', platform: 'ios', traffic_type: 'external', debug_mode: '0' },
      { event_id: 'debug', debug_mode: '1' },
      { event_id: 'debug in words', debug_mode: 'true' },
      { event_id: 'internal', traffic_type: 'internal' },
    ]),
  ],
  expect: [
    {
      event_id: 'web',
      system: 'ga4',
      platform: 'web',
      page_host: 'shop.example',
      page_path: '/Lamps/',
      referrer_host: 'news.example',
      browser: 'Chrome',
      device_category: 'mobile',
      operating_system: 'Android',
      country: 'Switzerland',
      region: 'Zurich',
      source_session_id: '1702642286',
      is_test: false,
    },
    { event_id: 'no page', system: 'ga4', platform: 'web', page_host: 'shop.example', is_test: false },
    { event_id: 'app', system: 'ga4', platform: 'ios', is_test: false },
    { event_id: 'debug', system: 'ga4', platform: 'web', is_test: true },
    { event_id: 'debug in words', system: 'ga4', platform: 'web', is_test: true },
    { event_id: 'internal', system: 'ga4', platform: 'web', is_test: true },
  ],
})
