import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'
import { sessions } from '../../models/journeys/sessions'

const actions = [
  { session_id: 'ten seconds', event_name: 'searched', occurred_at: '2026-03-01 10:00:00' },
  { session_id: 'ten seconds', event_name: 'searched', occurred_at: '2026-03-01 10:00:10' },
  { session_id: 'almost ten', event_name: 'searched', occurred_at: '2026-03-01 10:00:00' },
  { session_id: 'almost ten', event_name: 'page_viewed', occurred_at: '2026-03-01 10:00:09.999999' },
  { session_id: 'two views', event_name: 'page_viewed', occurred_at: '2026-03-01 10:00:00' },
  { session_id: 'two views', event_name: 'screen_viewed', occurred_at: '2026-03-01 10:00:01' },
  { session_id: 'one order', event_name: 'order_placed', occurred_at: '2026-03-01 10:00:00' },
].map((action, index, all) => ({
  ...action,
  event_id: `e${index}`,
  is_customer_action: true,
  sequence_in_session: all[index - 1]?.session_id === action.session_id ? 2 : 1,
}))

const names = [...new Set(actions.map(({ session_id }) => session_id))]

export const what_makes_a_session_engaged = unitTest({
  description:
    'Ten seconds, two views or a conversion make a session engaged; 9.999999 seconds and one view do not. Every other is a bounce.',
  model: sessions,
  given: [
    given(
      session_channels,
      names.map(session_id => ({ session_id, person_id: session_id, started_at: '2026-03-01 10:00:00' })),
    ),
    given(person_events, actions),
    given(
      events,
      actions.map(({ event_id }) => ({ event_id })),
    ),
    given(conversions, [{ conversion_id: 'c1', session_id: 'one order', revenue: '20.50' }]),
  ],
  expect: [
    {
      session_id: 'ten seconds',
      duration_seconds: 10,
      event_count: 2,
      is_engaged: true,
      is_bounce: false,
      conversion_count: 0,
      revenue: 0,
    },
    {
      session_id: 'almost ten',
      duration_seconds: 9,
      event_count: 2,
      is_engaged: false,
      is_bounce: true,
      conversion_count: 0,
      revenue: 0,
    },
    {
      session_id: 'two views',
      duration_seconds: 1,
      event_count: 2,
      is_engaged: true,
      is_bounce: false,
      conversion_count: 0,
      revenue: 0,
    },
    {
      session_id: 'one order',
      duration_seconds: 0,
      event_count: 1,
      is_engaged: true,
      is_bounce: false,
      conversion_count: 1,
      revenue: '20.50',
    },
  ],
})
