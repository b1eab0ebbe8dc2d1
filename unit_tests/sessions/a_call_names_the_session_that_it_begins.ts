import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { event_channels } from '../../models/journeys/event_channels'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'

const action = (event_id: string, session_id: string, sequence_in_session: number) => ({
  event_id,
  session_id,
  sequence_in_session,
  person_id: 'ada',
  occurred_at: `2026-03-01 10:0${sequence_in_session}:00`,
})

export const a_call_names_the_session_that_it_begins = unitTest({
  description:
    'A contact that is a channel itself, as a call, names a session that begins with it, whatever the ads that follow; within a visit to the site it does not.',
  model: session_channels,
  given: [
    given(person_events, [
      action('call', 's1', 1),
      action('ad', 's1', 2),
      action('page', 's2', 1),
      action('chat', 's2', 2),
      action('search', 's3', 1),
      action('called', 's3', 2),
      action('mail', 's4', 1),
    ]),
    given(event_channels, [
      { event_id: 'call', channel: 'Phone', is_given: false, is_place: true, carried_by: null },
      { event_id: 'ad', channel: 'Paid Search', is_given: false, is_place: false, carried_by: 'utm' },
      { event_id: 'chat', channel: 'Chat', is_given: false, is_place: true, carried_by: null },
      { event_id: 'search', channel: 'Organic Search', is_given: false, is_place: false, carried_by: 'referrer' },
      { event_id: 'called', channel: 'Phone', is_given: false, is_place: true, carried_by: null },
      { event_id: 'mail', channel: 'Email', is_given: false, is_place: true, carried_by: 'utm' },
    ]),
    given(events, [
      { event_id: 'ad', utm_campaign: 'spring' },
      { event_id: 'search' },
      { event_id: 'mail', utm_campaign: 'news' },
    ]),
  ],
  expect: [
    { session_id: 's1', channel: 'Phone', source_event_id: null, utm_campaign: null },
    { session_id: 's2', channel: 'Direct', source_event_id: null, utm_campaign: null },
    { session_id: 's3', channel: 'Organic Search', source_event_id: 'search', utm_campaign: null },
    { session_id: 's4', channel: 'Email', source_event_id: 'mail', utm_campaign: 'news' },
  ],
})
