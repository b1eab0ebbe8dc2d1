import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { event_channels } from '../../models/journeys/event_channels'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'

const action = { person_id: 'ada', is_customer_action: true, is_counted: true }

export const a_session_has_the_channel_of_its_earliest_source = unitTest({
  description:
    'A session has the channel of its earliest event that carries one; of one instant, of the lesser event id. Without any it is Direct: nothing is carried over from earlier sessions.',
  model: session_channels,
  given: [
    given(person_events, [
      { ...action, event_id: 'a', session_id: 's1', occurred_at: '2026-03-01 10:00:00', sequence_in_session: 1 },
      { ...action, event_id: 'b', session_id: 's1', occurred_at: '2026-03-01 10:01:00', sequence_in_session: 2 },
      { ...action, event_id: 'c', session_id: 's1', occurred_at: '2026-03-01 10:01:00', sequence_in_session: 3 },
      { ...action, event_id: 'f', session_id: 's1', occurred_at: '2026-03-01 10:02:00', sequence_in_session: 4 },
      { person_id: 'ada', event_id: 'd', occurred_at: '2026-03-01 09:59:00', is_customer_action: false },
      { ...action, event_id: 'e', session_id: 's2', occurred_at: '2026-03-02 10:00:00', sequence_in_session: 1 },
    ]),
    given(event_channels, [
      { event_id: 'b', channel: 'Organic Search', is_given: false, carried_by: 'referrer' },
      { event_id: 'c', channel: 'Paid Search', is_given: false, carried_by: 'utm' },
      { event_id: 'f', channel: 'Display', is_given: false, carried_by: 'click_id' },
      { event_id: 'd', channel: 'Email', is_given: false, carried_by: 'utm' },
    ]),
    given(events, [
      { event_id: 'a' },
      { event_id: 'b' },
      { event_id: 'c', utm_source: 'google', utm_medium: 'cpc' },
      { event_id: 'd', utm_source: 'news', utm_medium: 'email' },
      { event_id: 'e' },
      { event_id: 'f' },
    ]),
  ],
  expect: [
    { session_id: 's1', first_event_id: 'a', channel: 'Organic Search', source_event_id: 'b', utm_source: null },
    { session_id: 's2', first_event_id: 'e', channel: 'Direct', source_event_id: null, utm_source: null },
  ],
})
