import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { event_channels } from '../../models/journeys/event_channels'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'

const action = { person_id: 'ada', session_id: 's1', is_customer_action: true }

export const a_given_channel_names_the_session = unitTest({
  description:
    'A channel that the system has decided names the session before any rule, the first of them; the UTM values stay those of the earliest source.',
  model: session_channels,
  given: [
    given(person_events, [
      { ...action, event_id: 'a', occurred_at: '2026-03-01 10:00:00', sequence_in_session: 1 },
      { ...action, event_id: 'b', occurred_at: '2026-03-01 10:01:00', sequence_in_session: 2 },
      { ...action, event_id: 'c', occurred_at: '2026-03-01 10:02:00', sequence_in_session: 3 },
    ]),
    given(event_channels, [
      { event_id: 'a', channel: 'Paid Search', is_given: false, carried_by: 'utm' },
      { event_id: 'b', channel: 'Store', is_given: true },
      { event_id: 'c', channel: 'Phone', is_given: true },
    ]),
    given(events, [{ event_id: 'a', utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'Spring' }]),
  ],
  expect: [
    {
      session_id: 's1',
      channel: 'Store',
      source_event_id: 'a',
      utm_source: 'google',
      utm_medium: 'cpc',
      utm_campaign: 'Spring',
    },
  ],
})
