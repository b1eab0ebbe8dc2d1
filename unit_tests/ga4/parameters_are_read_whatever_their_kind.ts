import { defined, givenRaw, unitTest } from 'throughline'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

const parameter = (key: string, value: Readonly<Record<string, string | number | null>>) => ({ key, value })
const row = { event_date: '20231215', event_timestamp: 1_702_651_559_604_143 }

export const parameters_are_read_whatever_their_kind = unitTest({
  description:
    'A parameter is read as text or as a number whichever of its fields is filled, the first of a key. White space around a text is cut, and the words by which GA4 says that there is nothing are nothing.',
  model: stg_ga4__events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    givenRaw(ga4.tables.events, [
      {
        ...row,
        event_name: ' purchase ',
        user_id: ' ',
        user_pseudo_id: '427292018.1702650951',
        platform: 'WEB',
        event_params: [
          parameter('ga_session_id', { int_value: 1_702_650_951 }),
          parameter('page_location', { string_value: ' https://shop.example/thanks ' }),
          parameter('page_location', { string_value: 'https://shop.example/second' }),
          parameter('value', { double_value: 4.9495798319328 }),
          parameter('currency', { string_value: 'EUR' }),
          parameter('transaction_id', { int_value: 257_059 }),
          parameter('debug_mode', { double_value: 1 }),
          parameter('campaign', { string_value: '(not set)' }),
          parameter('term', { string_value: '(not provided)' }),
          parameter('source', { string_value: null }),
        ],
        collected_traffic_source: { manual_source: 'news', manual_medium: '(data not available)', gclid: 'abc' },
        ecommerce: { transaction_id: '(not set)', purchase_revenue: 31, refund_value: 0.1 },
        device: { category: 'mobile', operating_system: 'Android', browser: 'app', web_info: { browser: 'Chrome' } },
        geo: { country: 'Schweiz', region: '' },
      },
      { ...row, event_name: 'scroll', device: { browser: 'WebView', web_info: null } },
    ]),
  ],
  expect: [
    {
      raw_event_name: 'purchase',
      occurred_at: '2023-12-15 14:45:59.604143',
      user_id: null,
      user_pseudo_id: '427292018.1702650951',
      source_session_id: '1702650951',
      platform: 'web',
      page_url: 'https://shop.example/thanks',
      collected_source: 'news',
      collected_medium: null,
      collected_campaign: null,
      collected_gclid: 'abc',
      parameter_source: null,
      parameter_campaign: null,
      parameter_term: null,
      value: '4.949579832',
      purchase_revenue: '31',
      refund_value: '0.1',
      currency: 'EUR',
      ecommerce_transaction_id: null,
      parameter_transaction_id: '257059',
      debug_mode: '1',
      device_category: 'mobile',
      operating_system: 'Android',
      browser: 'Chrome',
      country: 'Schweiz',
      region: null,
    },
    { raw_event_name: 'scroll', occurred_at: '2023-12-15 14:45:59.604143', browser: 'WebView' },
  ],
})
