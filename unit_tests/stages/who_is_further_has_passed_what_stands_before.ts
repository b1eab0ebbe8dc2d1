import { given, unitTest } from 'throughline'
import { person_stages } from '../../models/journeys/person_stages'
import { stage_events } from '../../models/journeys/stage_events'

const aware = { stage: 'aware', stage_number: 1 }
const interested = { stage: 'interested', stage_number: 2 }
const customer = { stage: 'customer', stage_number: 4 }

export const who_is_further_has_passed_what_stands_before = unitTest({
  description:
    'A stage is reached with its own events or with those of a later one, whichever were first. The third stage, of which there is no event at all, is passed by nobody; the fourth is, though Bert never had enough of its events.',
  model: person_stages,
  given: [
    given(stage_events, [
      event('ada', customer, 'a1', 1),
      event('ada', aware, 'a2', 2),
      { ...event('bert', aware, 'b1', 1) },
      { ...event('bert', customer, 'b2', 2), is_reaching: false },
      event('cleo', aware, 'c1', 3),
      // One event for two stages.
      event('cleo', interested, 'c1', 3),
    ]),
  ],
  expect: [
    reached('ada', aware, 'a1', 1, '2026-03-02 10:00:00'),
    reached('ada', interested, 'a1', 1),
    reached('ada', customer, 'a1', 1, '2026-03-01 10:00:00'),
    reached('bert', aware, 'b1', 1, '2026-03-01 10:00:00'),
    reached('cleo', aware, 'c1', 3, '2026-03-03 10:00:00'),
    reached('cleo', interested, 'c1', 3, '2026-03-03 10:00:00'),
  ],
})

type Stage = typeof aware

/** The nth event of a person, on the nth of March. */
function event(person_id: string, stage: Stage, event_id: string, nth: number) {
  return {
    person_id,
    ...stage,
    event_id,
    sequence_in_person: nth,
    occurred_at: `2026-03-0${nth} 10:00:00`,
    occurred_date: `2026-03-0${nth}`,
    is_reaching: true,
  }
}

function reached(person_id: string, stage: Stage, event_id: string, nth: number, own_at: string | null = null) {
  return {
    person_id,
    ...stage,
    reached_by_event_id: event_id,
    reached_in_sequence: nth,
    reached_at: `2026-03-0${nth} 10:00:00`,
    reached_date: `2026-03-0${nth}`,
    own_at,
  }
}
