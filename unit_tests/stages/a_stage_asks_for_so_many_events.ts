import { defined, given, unitTest } from 'throughline'
import { stages } from '../../models/definitions/stages'
import { events } from '../../models/events/events'
import { person_events } from '../../models/journeys/person_events'
import { stage_events } from '../../models/journeys/stage_events'
import { orders } from '../../models/orders/orders'

const ada = { person_id: 'ada', is_counted: true }
const order = { event_name: 'order_placed' }

export const a_stage_asks_for_so_many_events = unitTest({
  description:
    'The second order reaches a stage of two, and two reports of one order are one: that of the customer where there is one. Bots, test orders and events that the conditions exclude count for nothing; (not set) is no order number.',
  model: stage_events,
  definitions: [
    defined(stages, {
      consideration: { event: 'product_viewed', where: { platform: 'web' } },
      retention: { event: ['order_placed', 'order_phoned'], at_least: 2 },
    }),
  ],
  given: [
    given(orders, [{ order_id: 'o9', is_test: true }]),
    given(events, [
      { event_id: 'a', event_name: 'product_viewed', platform: 'web' },
      { event_id: 'b', event_name: 'product_viewed', platform: 'ios' },
      { event_id: 'c', ...order, order_id: 'o1' },
      { event_id: 'd', ...order, order_id: 'o1' },
      { event_id: 'e', event_name: 'order_phoned', order_id: '(not set)' },
      { event_id: 'f', ...order, order_id: '(not set)' },
      { event_id: 'g', ...order, order_id: 'o9' },
      { event_id: 'h', event_name: 'product_viewed', platform: 'web' },
    ]),
    given(
      person_events,
      [
        { event_id: 'a', ...ada, session_id: 's', sequence_in_person: 1 },
        { event_id: 'b', ...ada, session_id: 's', sequence_in_person: 2 },
        // The shop tells of the order first, and the customer's own act counts.
        { event_id: 'c', ...ada, session_id: null, sequence_in_person: 3 },
        { event_id: 'd', ...ada, session_id: 's', sequence_in_person: 4 },
        { event_id: 'e', ...ada, session_id: 's', sequence_in_person: 5 },
        { event_id: 'f', ...ada, session_id: 's', sequence_in_person: 6 },
        { event_id: 'g', ...ada, session_id: 's', sequence_in_person: 7 },
        { event_id: 'h', person_id: 'bot', is_counted: false, sequence_in_person: 1 },
      ].map(row => ({ ...row, occurred_at: `2026-03-01 10:0${row.sequence_in_person}:00` })),
    ),
  ],
  expect: [
    { ...told('consideration', 1, 'a'), sequence_in_person: 1, event_number: 1, is_reaching: true },
    { ...told('retention', 2, 'd'), sequence_in_person: 4, event_number: 1, is_reaching: false },
    { ...told('retention', 2, 'e'), sequence_in_person: 5, event_number: 2, is_reaching: true },
    { ...told('retention', 2, 'f'), sequence_in_person: 6, event_number: 3, is_reaching: false },
  ],
})

function told(stage: string, stage_number: number, event_id: string) {
  return { stage, stage_number, event_id, person_id: 'ada' }
}
