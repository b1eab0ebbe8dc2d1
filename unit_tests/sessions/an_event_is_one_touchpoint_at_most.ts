import { defined, given, unitTest } from 'throughline'
import { attribution } from '../../models/definitions/attribution'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'
import { touchpoints } from '../../models/journeys/touchpoints'

const action = { person_id: 'ada', is_customer_action: true, is_counted: true }

export const an_event_is_one_touchpoint_at_most = unitTest({
  description:
    'The first action of a session is the touchpoint session_started, which gives way where the action is a touchpoint itself; an event named session_started is none.',
  model: touchpoints,
  definitions: [defined(attribution, { touchpoints: ['session_started', 'email_clicked', 'call_answered'] })],
  given: [
    given(person_events, [
      { ...action, event_id: 'a', session_id: 's1', event_name: 'email_clicked', sequence_in_session: 1 },
      { ...action, event_id: 'b', session_id: 's1', event_name: 'email_clicked', sequence_in_session: 2 },
      { ...action, event_id: 'c', session_id: 's1', event_name: 'session_started', sequence_in_session: 3 },
      { ...action, event_id: 'd', session_id: 's2', event_name: 'page_viewed', sequence_in_session: 1 },
      { ...action, event_id: 'e', session_id: 's2', event_name: 'page_viewed', sequence_in_session: 2 },
      { person_id: 'ada', event_id: 'f', is_counted: true, event_name: 'call_answered', is_customer_action: false },
    ]),
    given(session_channels, [
      { session_id: 's1', channel: 'Email' },
      { session_id: 's2', channel: 'Direct' },
    ]),
  ],
  expect: [
    { touchpoint_id: 'a', event_id: 'a', session_id: 's1', touchpoint_kind: 'email_clicked', channel: 'Email' },
    { touchpoint_id: 'b', event_id: 'b', session_id: 's1', touchpoint_kind: 'email_clicked', channel: 'Email' },
    { touchpoint_id: 'd', event_id: 'd', session_id: 's2', touchpoint_kind: 'session_started', channel: 'Direct' },
    { touchpoint_id: 'f', event_id: 'f', session_id: null, touchpoint_kind: 'call_answered', channel: 'Direct' },
  ],
})
