import { defined, given, unitTest } from 'throughline'
import { segments } from '../../models/definitions/segments'
import { funnel_attempt_segments } from '../../models/funnels/funnel_attempt_segments'
import { funnel_attempts } from '../../models/funnels/funnel_attempts'
import { session_segments } from '../../models/journeys/session_segments'

export const an_attempt_has_the_segments_of_its_session = unitTest({
  description: "A segment's value is that of the session of the first step; a first step in no session has none.",
  model: funnel_attempt_segments,
  definitions: [defined(segments, ['channel'])],
  given: [
    given(funnel_attempts, [
      { funnel: 'checkout', attempt_id: 'a', session_id: 's' },
      { funnel: 'checkout', attempt_id: 'b' },
    ]),
    given(session_segments, [
      { session_id: 's', segment: '(all)', segment_value: '(all)' },
      { session_id: 's', segment: 'channel', segment_value: 'Email' },
    ]),
  ],
  expect: [
    { funnel: 'checkout', attempt_id: 'a', segment: '(all)', segment_value: '(all)' },
    { funnel: 'checkout', attempt_id: 'a', segment: 'channel', segment_value: 'Email' },
    { funnel: 'checkout', attempt_id: 'b', segment: '(all)', segment_value: '(all)' },
    { funnel: 'checkout', attempt_id: 'b', segment: 'channel', segment_value: '(none)' },
  ],
})
