import { defined, given, unitTest } from 'throughline'
import { ga4_events } from '../../models/events/ga4_events'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

export const a_company_says_which_events_are_automatic = unitTest({
  description: 'The list of automatic events in the config stands in place of ours; a refund is never an action.',
  model: ga4_events,
  definitions: [defined(ga4, { folder: 'raw/ga4', automatic_events: ['web_vitals'] })],
  given: [
    given(stg_ga4__events, [
      { event_id: 'a', raw_event_name: 'web_vitals' },
      { event_id: 'b', raw_event_name: 'user_engagement' },
      { event_id: 'c', raw_event_name: 'refund' },
    ]),
  ],
  expect: [
    { event_id: 'a', is_customer_action: false },
    { event_id: 'b', is_customer_action: true },
    { event_id: 'c', is_customer_action: false },
  ],
})
