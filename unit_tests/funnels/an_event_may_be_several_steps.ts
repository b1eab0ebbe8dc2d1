import { defined, given, unitTest } from 'throughline'
import { funnels } from '../../models/definitions/funnels'
import { events } from '../../models/events/events'
import { funnel_events } from '../../models/funnels/funnel_events'
import { person_events } from '../../models/journeys/person_events'
import { people } from '../../models/profiles/people'

const anna = { person_id: 'anna', session_id: 's', is_counted: true }
const view = { event_name: 'product_viewed' }

export const an_event_may_be_several_steps = unitTest({
  description:
    'An event stands once for each step that it is, with the steps after that one that it is too, and the instant of the first later event that is the next step: one of the same instant is not later.',
  model: funnel_events,
  definitions: [
    defined(funnels, {
      comparing: {
        steps: [
          { one: 'product_viewed' },
          { two: { event: 'product_viewed', where: { country: 'DE' } } },
          { bought: 'order_placed' },
        ],
      },
    }),
  ],
  given: [
    given(people, [{ person_id: 'anna', is_shared_device: false }]),
    given(events, [
      { ...view, event_id: 'v1', country: 'DE' },
      { ...view, event_id: 'v2', country: 'FR' },
      { ...view, event_id: 'v3', country: 'DE' },
      { event_id: 'o1', event_name: 'order_placed' },
      { event_id: 'x1', event_name: 'page_viewed' },
    ]),
    given(person_events, [
      {
        ...anna,
        event_id: 'v1',
        sequence_in_person: 1,
        occurred_at: '2026-03-01 10:00:00',
        occurred_date: '2026-03-01',
      },
      {
        ...anna,
        event_id: 'v2',
        sequence_in_person: 2,
        occurred_at: '2026-03-01 10:00:00',
        occurred_date: '2026-03-01',
      },
      {
        ...anna,
        event_id: 'x1',
        sequence_in_person: 3,
        occurred_at: '2026-03-01 10:01:00',
        occurred_date: '2026-03-01',
      },
      {
        ...anna,
        event_id: 'v3',
        sequence_in_person: 4,
        occurred_at: '2026-03-01 10:02:00',
        occurred_date: '2026-03-01',
      },
      {
        ...anna,
        event_id: 'o1',
        sequence_in_person: 5,
        occurred_at: '2026-03-01 10:02:00',
        occurred_date: '2026-03-01',
      },
    ]),
  ],
  expect: [
    { step_number: 1, event_id: 'v1', place: 1, later_steps: 1, next_step_at: '2026-03-01 10:02:00' },
    { step_number: 2, event_id: 'v1', place: 1, later_steps: 0, next_step_at: '2026-03-01 10:02:00' },
    { step_number: 1, event_id: 'v2', place: 2, later_steps: 0, next_step_at: '2026-03-01 10:02:00' },
    { step_number: 1, event_id: 'v3', place: 4, later_steps: 1 },
    { step_number: 2, event_id: 'v3', place: 4, later_steps: 0 },
    { step_number: 3, event_id: 'o1', place: 5, later_steps: 0 },
  ],
})
