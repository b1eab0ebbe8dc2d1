import { key, model, sql } from 'throughline'
import { segmentRows, segments } from '../definitions/segments'
import { journeys } from './journeys'
import { session_segments } from './session_segments'

export const journey_segments = model({
  description:
    "One row per journey and segment: the value that its first touchpoint's session has, read at that session's entry; of a journey without a touchpoint, the conversion's session. Segments overlap and do not sum.",
  grain: ['journey_id', 'segment'],
  columns: {
    journey_id: journeys.columns.journey_id,
    segment: key('What journeys are told apart by, as channel; (all) for all'),
    segment_value: key('The value; (all) for all, (none) where there is none, or no session'),
  },
  tests: { always: { '(all) is the value of (all)': sql`(segment = '(all)') = (segment_value = '(all)')` } },
  materialize: { kind: 'view' },
  uses: { segments },
  query: ({ segments: declared }) => sql`
    select
      j.journey_id,
      d.segment,
      coalesce(s.segment_value, case when d.segment = '(all)' then '(all)' else '(none)' end) as segment_value
    from ${journeys} as j
    cross join ${segmentRows(declared)} as d
    left join ${session_segments} as s on s.session_id = j.first_session_id and s.segment = d.segment
  `,
})
