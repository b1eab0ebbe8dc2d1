import { key, model, sql } from 'throughline'
import { segmentRows, segments } from '../definitions/segments'
import { conversions } from './conversions'
import { session_segments } from './session_segments'

export const conversion_segments = model({
  description:
    "One row per conversion and segment: the value that the session in which it happened has, read at that session's entry. Segments overlap and do not sum.",
  grain: ['conversion_id', 'segment'],
  columns: {
    conversion_id: conversions.columns.conversion_id,
    segment: key('What conversions are told apart by, as channel; (all) for all'),
    segment_value: key('The value; (all) for all, (none) where there is none, or the conversion is in no session'),
  },
  tests: { always: { '(all) is the value of (all)': sql`segment <> '(all)' or segment_value = '(all)'` } },
  materialize: { kind: 'view' },
  uses: { segments },
  query: ({ segments: declared }) => sql`
    select
      c.conversion_id,
      d.segment,
      coalesce(s.segment_value, case when d.segment = '(all)' then '(all)' else '(none)' end) as segment_value
    from ${conversions} as c
    cross join ${segmentRows(declared)} as d
    left join ${session_segments} as s on s.session_id = c.session_id and s.segment = d.segment
  `,
})
