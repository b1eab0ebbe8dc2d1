import { defined, given, unitTest } from 'throughline'
import { attribution } from '../../models/definitions/attribution'
import { events } from '../../models/events/events'
import { event_channels } from '../../models/journeys/event_channels'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'
import { touchpoints } from '../../models/journeys/touchpoints'

const action = { person_id: 'ada', session_id: 's1', is_customer_action: true, is_counted: true }

export const a_touchpoint_has_its_own_channel_or_its_sessions = unitTest({
  description:
    "The start of a session has the session's channel, whatever its first event says; another touchpoint has its own, and where it says nothing its session's.",
  model: touchpoints,
  definitions: [
    defined(attribution, { touchpoints: ['session_started', 'ad_clicked', 'chat_started', 'store_visited'] }),
  ],
  given: [
    given(person_events, [
      { ...action, event_id: 'a', event_name: 'page_viewed', sequence_in_session: 1 },
      { ...action, event_id: 'b', event_name: 'ad_clicked', sequence_in_session: 2 },
      { ...action, event_id: 'c', event_name: 'chat_started', sequence_in_session: 3 },
      { ...action, event_id: 'd', event_name: 'store_visited', sequence_in_session: 4 },
    ]),
    given(session_channels, [{ session_id: 's1', channel: 'Email', utm_source: 'news', utm_medium: 'email' }]),
    given(event_channels, [
      { event_id: 'a', channel: 'Organic Search', is_given: false, carried_by: 'referrer' },
      { event_id: 'b', channel: 'Paid Search', is_given: false, carried_by: 'utm' },
      { event_id: 'd', channel: 'Store', is_given: true },
    ]),
    given(events, [
      { event_id: 'a' },
      { event_id: 'b', utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'Spring' },
      { event_id: 'd' },
    ]),
  ],
  expect: [
    {
      event_id: 'a',
      touchpoint_kind: 'session_started',
      channel: 'Email',
      utm_source: 'news',
      utm_medium: 'email',
      is_paid: false,
      is_offline: false,
    },
    {
      event_id: 'b',
      touchpoint_kind: 'ad_clicked',
      channel: 'Paid Search',
      utm_source: 'google',
      utm_medium: 'cpc',
      campaign: 'Spring',
      is_paid: true,
      is_offline: false,
    },
    {
      event_id: 'c',
      touchpoint_kind: 'chat_started',
      channel: 'Email',
      utm_source: 'news',
      utm_medium: 'email',
      is_paid: false,
      is_offline: false,
    },
    { event_id: 'd', touchpoint_kind: 'store_visited', channel: 'Store', is_paid: false, is_offline: true },
  ],
})
