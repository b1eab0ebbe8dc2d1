import { defined, given, unitTest } from 'throughline'
import { segments } from '../../models/definitions/segments'
import { stages } from '../../models/definitions/stages'
import { session_segments } from '../../models/journeys/session_segments'
import { session_stages } from '../../models/journeys/session_stages'
import { sessions } from '../../models/journeys/sessions'

export const sessions_are_told_apart_by_the_stage_they_began_with = unitTest({
  description:
    'A session has the stage that its person was in when it began, (none) where that was none; and what else is declared.',
  model: session_segments,
  definitions: [
    defined(segments, ['stage', 'region', 'browser', 'operating_system']),
    defined(stages, { aware: 'page_viewed' }),
  ],
  given: [
    given(sessions, [
      { session_id: 's1', region: 'Bavaria', browser: 'Firefox', operating_system: 'Linux' },
      { session_id: 's2' },
    ]),
    given(session_stages, [{ session_id: 's1', stage: 'aware', stage_number: 1 }]),
  ],
  expect: [
    { session_id: 's1', segment: '(all)', segment_value: '(all)' },
    { session_id: 's1', segment: 'stage', segment_value: 'aware' },
    { session_id: 's1', segment: 'region', segment_value: 'Bavaria' },
    { session_id: 's1', segment: 'browser', segment_value: 'Firefox' },
    { session_id: 's1', segment: 'operating_system', segment_value: 'Linux' },
    { session_id: 's2', segment: '(all)', segment_value: '(all)' },
    { session_id: 's2', segment: 'stage', segment_value: '(none)' },
    { session_id: 's2', segment: 'region', segment_value: '(none)' },
    { session_id: 's2', segment: 'browser', segment_value: '(none)' },
    { session_id: 's2', segment: 'operating_system', segment_value: '(none)' },
  ],
})
