import { ConfigMistakes, join, key, model, type Sql, sql } from 'throughline'
import { segments } from '../definitions/segments'
import { stages as stageRules } from '../definitions/stages'
import { session_stages } from './session_stages'
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
  uses: { segments, stageRules },
  query: ({ segments: declared, stageRules: stages }) => {
    if (Object.keys(stages).length === 0) refuseStage(declared)
    return sql`
      select s.session_id, '(all)' as segment, '(all)' as segment_value
      from ${sessions} as s
      ${join(
        declared.map(segment => (segment === 'stage' ? stagesReached : valuesOf(segment, columns[segment]))),
        '\n',
      )}
    `
  },
})

const columns = {
  channel: sql`s.channel`,
  device_category: sql`s.device_category`,
  operating_system: sql`s.operating_system`,
  browser: sql`s.browser`,
  country: sql`s.country`,
  region: sql`s.region`,
  platform: sql`s.platform`,
} as const

function valuesOf(segment: string, column: Sql): Sql {
  return sql`
    union all
    select s.session_id, ${segment} as segment, coalesce(${column}, '(none)') as segment_value
    from ${sessions} as s
  `
}

const stagesReached = sql`
  union all
  select s.session_id, 'stage' as segment, coalesce(g.stage, '(none)') as segment_value
  from ${sessions} as s
  left join ${session_stages} as g on g.session_id = s.session_id
`

function refuseStage(declared: readonly string[]): void {
  const index = declared.indexOf('stage')
  if (index < 0) return
  const hint = 'Add the section stages, or leave stage out here.'
  throw new ConfigMistakes([
    { path: ['segments', index], message: 'there are no stages to tell people apart by', hint },
  ])
}
