import { given, unitTest } from 'throughline'
import { person_events } from '../../models/journeys/person_events'
import { person_stages } from '../../models/journeys/person_stages'
import { session_stages } from '../../models/journeys/session_stages'

export const a_session_has_the_stage_that_it_began_with = unitTest({
  description:
    'What was reached before a session or with its first action counts, what is reached within it does not; a session of somebody in no stage has none.',
  model: session_stages,
  given: [
    given(person_events, [
      { person_id: 'ada', session_id: 's0', sequence_in_person: 1, sequence_in_session: 1 },
      { person_id: 'ada', session_id: 's1', sequence_in_person: 2, sequence_in_session: 1 },
      { person_id: 'ada', session_id: 's1', sequence_in_person: 3, sequence_in_session: 2 },
      { person_id: 'ada', session_id: null, sequence_in_person: 4 },
      { person_id: 'ada', session_id: 's2', sequence_in_person: 5, sequence_in_session: 1 },
    ]),
    given(person_stages, [
      { person_id: 'ada', stage: 'aware', stage_number: 1, reached_in_sequence: 2 },
      { person_id: 'ada', stage: 'interested', stage_number: 2, reached_in_sequence: 3 },
      { person_id: 'ada', stage: 'customer', stage_number: 3, reached_in_sequence: 4 },
      { person_id: 'bert', stage: 'customer', stage_number: 3, reached_in_sequence: 1 },
    ]),
  ],
  expect: [
    { session_id: 's1', stage: 'aware', stage_number: 1 },
    { session_id: 's2', stage: 'customer', stage_number: 3 },
  ],
})
