import { defined, given, unitTest } from 'throughline'
import { funnels } from '../../models/definitions/funnels'
import { funnel_attempt_steps } from '../../models/funnels/funnel_attempt_steps'
import { funnel_attempts } from '../../models/funnels/funnel_attempts'
import { funnel_events } from '../../models/funnels/funnel_events'
import { person_events } from '../../models/journeys/person_events'

const anna = { funnel: 'checkout', person_id: 'anna', occurred_date: '2026-03-01' }
const bert = { funnel: 'checkout', person_id: 'bert', occurred_date: '2026-03-02' }
const action = { is_customer_action: true }

export const an_attempt_counts_what_was_done_on_the_way = unitTest({
  description:
    'Actions from the first step through the last one reached count, and a step that is no action of the customer; what came before, after, or from us does not. Only who reached the last step has completed.',
  model: funnel_attempts,
  definitions: [
    defined(funnels, {
      checkout: { window: '1 hour', steps: [{ sent: 'email_sent' }, { viewed: 'viewed' }, { bought: 'bought' }] },
    }),
  ],
  given: [
    given(funnel_attempt_steps, [
      { funnel: 'checkout', attempt_id: 'a', step_number: 1, event_id: 'a2' },
      { funnel: 'checkout', attempt_id: 'a', step_number: 2, event_id: 'a4' },
      { funnel: 'checkout', attempt_id: 'a', step_number: 3, event_id: 'a6' },
      { funnel: 'checkout', attempt_id: 'b', step_number: 1, event_id: 'b1' },
    ]),
    given(funnel_events, [
      { ...anna, step_number: 1, event_id: 'a2', place: 2, occurred_at: '2026-03-01 10:00:00' },
      { ...anna, step_number: 2, event_id: 'a4', place: 4, occurred_at: '2026-03-01 10:05:00', session_id: 's' },
      { ...anna, step_number: 3, event_id: 'a6', place: 6, occurred_at: '2026-03-01 10:09:00', session_id: 's' },
      { ...bert, step_number: 1, event_id: 'b1', place: 1, occurred_at: '2026-03-02 08:00:00', session_id: 't' },
    ]),
    given(person_events, [
      { person_id: 'anna', sequence_in_person: 1, ...action },
      { person_id: 'anna', sequence_in_person: 2, is_customer_action: false },
      { person_id: 'anna', sequence_in_person: 3, is_customer_action: false },
      { person_id: 'anna', sequence_in_person: 4, ...action },
      { person_id: 'anna', sequence_in_person: 5, ...action },
      { person_id: 'anna', sequence_in_person: 6, ...action },
      { person_id: 'anna', sequence_in_person: 7, ...action },
      { person_id: 'bert', sequence_in_person: 1, ...action },
      { person_id: 'bert', sequence_in_person: 2, ...action },
    ]),
  ],
  expect: [
    {
      attempt_id: 'a',
      person_id: 'anna',
      entered_at: '2026-03-01 10:00:00',
      entered_date: '2026-03-01',
      window_ends_at: '2026-03-01 11:00:00',
      steps_completed: 3,
      completed_at: '2026-03-01 10:09:00',
      action_count: 4,
    },
    {
      attempt_id: 'b',
      person_id: 'bert',
      session_id: 't',
      entered_at: '2026-03-02 08:00:00',
      entered_date: '2026-03-02',
      window_ends_at: '2026-03-02 09:00:00',
      steps_completed: 1,
      action_count: 1,
    },
  ],
})
