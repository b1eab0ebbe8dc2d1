import { defined, given, unitTest } from 'throughline'
import { ga4_events } from '../../models/events/ga4_events'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

const named = (raw_event_name: string) => ({ event_id: raw_event_name, raw_event_name })
const actions = ['page_view', 'screen_view', 'scroll', 'form_submit', 'purchase', 'notification_open', 'our_own']
const automatic = ['session_start', 'first_visit', 'first_open', 'user_engagement', 'os_update', 'notification_receive']

export const automatic_events_are_no_actions = unitTest({
  description:
    'What GA4 sends without anybody doing anything is no action of a customer, nor is a refund; all else is, names of our own among them.',
  model: ga4_events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [given(stg_ga4__events, [...actions, ...automatic, 'refund'].map(named))],
  expect: [
    ...actions.map(event_id => ({ event_id, is_customer_action: true })),
    ...[...automatic, 'refund'].map(event_id => ({ event_id, is_customer_action: false })),
  ],
})
