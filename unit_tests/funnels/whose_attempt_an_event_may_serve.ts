import { defined, given, unitTest } from 'throughline'
import { funnels } from '../../models/definitions/funnels'
import { events } from '../../models/events/events'
import { funnel_events } from '../../models/funnels/funnel_events'
import { person_events } from '../../models/journeys/person_events'
import { people } from '../../models/profiles/people'

const steps = [{ sent: 'email_sent' }, { viewed: 'product_viewed' }]
const at = { occurred_at: '2026-03-01 10:00:00', occurred_date: '2026-03-01', sequence_in_person: 1 }

export const whose_attempt_an_event_may_serve = unitTest({
  description:
    'By person, any event counts, what we did included, and a shared device is nobody; by session, what is in no session cannot count, and the session of a shared device is a session.',
  model: funnel_events,
  definitions: [defined(funnels, { by_person: { steps }, by_session: { by: 'session', steps } })],
  given: [
    given(people, [
      { person_id: 'anna', is_shared_device: false },
      { person_id: 'tablet', is_shared_device: true },
    ]),
    given(events, [
      { event_id: 'm', event_name: 'email_sent' },
      { event_id: 'v', event_name: 'product_viewed' },
      { event_id: 't', event_name: 'product_viewed' },
    ]),
    given(person_events, [
      { ...at, event_id: 'm', is_counted: true, person_id: 'anna' },
      { ...at, event_id: 'v', is_counted: true, person_id: 'anna', session_id: 's1', sequence_in_person: 2 },
      { ...at, event_id: 't', is_counted: true, person_id: 'tablet', session_id: 's2' },
    ]),
  ],
  expect: [
    { funnel: 'by_person', step: 'sent', event_id: 'm', attempt_of: 'anna' },
    { funnel: 'by_person', step: 'viewed', event_id: 'v', attempt_of: 'anna' },
    { funnel: 'by_session', step: 'viewed', event_id: 'v', attempt_of: 's1' },
    { funnel: 'by_session', step: 'viewed', event_id: 't', attempt_of: 's2' },
  ],
})
