import { join, key, model, type Sql, sql } from 'throughline'
import { segments } from '../definitions/segments'
import { sessions } from './sessions'

export const session_segments = model({
  description:
    'One row per session and segment: what value of each segment it has, read at its entry. Segments overlap and do not sum.',
  grain: ['session_id', 'segment'],
  columns: {
    session_id: sessions.columns.session_id,
    segment: key('What sessions are told apart by, as channel; (all) for all'),
    segment_value: key('The value; (all) for all, (none) where there is none'),
  },
  tests: { always: { '(all) is the value of (all)': sql`segment <> '(all)' or segment_value = '(all)'` } },
  materialize: { kind: 'view' },
  uses: { segments },
  query: ({ segments: declared }) => sql`
    select s.session_id, '(all)' as segment, '(all)' as segment_value
    from ${sessions} as s
    ${join(
      declared.map(segment => valuesOf(segment, columns[segment])),
      '\n',
    )}
  `,
})

const columns = {
  channel: sql`s.channel`,
  device_category: sql`s.device_category`,
  country: sql`s.country`,
  platform: sql`s.platform`,
} as const

function valuesOf(segment: string, column: Sql): Sql {
  return sql`
    union all
    select s.session_id, ${segment} as segment, coalesce(${column}, '(none)') as segment_value
    from ${sessions} as s
  `
}
