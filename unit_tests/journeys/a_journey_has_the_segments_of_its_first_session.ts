import { defined, given, unitTest } from 'throughline'
import { segments } from '../../models/definitions/segments'
import { journey_segments } from '../../models/journeys/journey_segments'
import { journeys } from '../../models/journeys/journeys'
import { session_segments } from '../../models/journeys/session_segments'

export const a_journey_has_the_segments_of_its_first_session = unitTest({
  description: 'A journey has the values of the session in which it began, and (none) where it began in no session.',
  model: journey_segments,
  definitions: [defined(segments, ['channel'])],
  given: [
    given(journeys, [{ journey_id: 'visit', first_session_id: 's1' }, { journey_id: 'letter' }]),
    given(session_segments, [
      { session_id: 's1', segment: '(all)', segment_value: '(all)' },
      { session_id: 's1', segment: 'channel', segment_value: 'Email' },
      { session_id: 's2', segment: 'channel', segment_value: 'Direct' },
    ]),
  ],
  expect: [
    { journey_id: 'visit', segment: '(all)', segment_value: '(all)' },
    { journey_id: 'visit', segment: 'channel', segment_value: 'Email' },
    { journey_id: 'letter', segment: '(all)', segment_value: '(all)' },
    { journey_id: 'letter', segment: 'channel', segment_value: '(none)' },
  ],
})
