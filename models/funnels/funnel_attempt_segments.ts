import { key, model, sql } from 'throughline'
import { segmentRows, segments } from '../definitions/segments'
import { session_segments } from '../journeys/session_segments'
import { funnel_attempts } from './funnel_attempts'

export const funnel_attempt_segments = model({
  description:
    'One row per attempt and segment: the value that the session of the first step has, read at the entry of that session. Segments overlap and do not sum.',
  grain: ['funnel', 'attempt_id', 'segment'],
  columns: {
    funnel: funnel_attempts.columns.funnel,
    attempt_id: funnel_attempts.columns.attempt_id,
    segment: key('What attempts are told apart by, as channel; (all) for all'),
    segment_value: key('The value; (all) for all, (none) where there is none, or no session'),
  },
  tests: { always: { '(all) is the value of (all)': sql`(segment = '(all)') = (segment_value = '(all)')` } },
  materialize: { kind: 'view' },
  uses: { segments },
  query: ({ segments: declared }) => sql`
    select
      a.funnel,
      a.attempt_id,
      d.segment,
      coalesce(s.segment_value, case when d.segment = '(all)' then '(all)' else '(none)' end) as segment_value
    from ${funnel_attempts} as a
    cross join ${segmentRows(declared)} as d
    left join ${session_segments} as s on s.session_id = a.session_id and s.segment = d.segment
  `,
})
