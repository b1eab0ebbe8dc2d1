import { defined, given, unitTest } from 'throughline'
import { ga4_identifiers } from '../../models/events/ga4_identifiers'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

export const a_browser_is_a_cookie_and_an_app_a_device = unitTest({
  description:
    "GA4's id of a browser is a cookie's and that of an installed app a device's, both with its name before them; the user id and the order's number stand as they are. So do placeholders, which are blocked where all systems come together.",
  model: ga4_identifiers,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    given(stg_ga4__events, [
      { event_id: 'web', platform: 'web', user_id: 'ada', user_pseudo_id: '1.2', ecommerce_transaction_id: '4711' },
      { event_id: 'app', platform: 'android', user_pseudo_id: 'f00', parameter_transaction_id: '4712' },
      { event_id: 'unknown', user_pseudo_id: '3.4' },
      { event_id: 'nobody', platform: 'web' },
      { event_id: 'placeholder', platform: 'web', user_pseudo_id: 'null' },
    ]),
  ],
  expect: [
    { event_id: 'web', identifier_kind: 'user_id', identifier_value: 'ada' },
    { event_id: 'web', identifier_kind: 'cookie_id', identifier_value: 'ga4:1.2' },
    { event_id: 'web', identifier_kind: 'order_id', identifier_value: '4711' },
    { event_id: 'app', identifier_kind: 'device_id', identifier_value: 'ga4:f00' },
    { event_id: 'app', identifier_kind: 'order_id', identifier_value: '4712' },
    { event_id: 'unknown', identifier_kind: 'cookie_id', identifier_value: 'ga4:3.4' },
    { event_id: 'placeholder', identifier_kind: 'cookie_id', identifier_value: 'ga4:null' },
  ],
})
