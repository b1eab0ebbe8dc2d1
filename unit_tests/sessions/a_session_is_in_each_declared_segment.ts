import { defined, given, unitTest } from 'throughline'
import { segments } from '../../models/definitions/segments'
import { session_segments } from '../../models/journeys/session_segments'
import { sessions } from '../../models/journeys/sessions'

export const a_session_is_in_each_declared_segment = unitTest({
  description: 'Each session has the value of each declared segment, (none) where it has none, and (all) always.',
  model: session_segments,
  definitions: [defined(segments, ['country', 'platform'])],
  given: [
    given(sessions, [
      { session_id: 's1', channel: 'Email', device_category: 'mobile', country: 'DE', platform: 'web' },
      { session_id: 's2', channel: 'Email', device_category: 'mobile', country: null, platform: 'ios' },
    ]),
  ],
  expect: [
    { session_id: 's1', segment: '(all)', segment_value: '(all)' },
    { session_id: 's1', segment: 'country', segment_value: 'DE' },
    { session_id: 's1', segment: 'platform', segment_value: 'web' },
    { session_id: 's2', segment: '(all)', segment_value: '(all)' },
    { session_id: 's2', segment: 'country', segment_value: '(none)' },
    { session_id: 's2', segment: 'platform', segment_value: 'ios' },
  ],
})
