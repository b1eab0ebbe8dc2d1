import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layerOf, modelsInLayer, nameOf, parentsOf } from './thousand-models.ts'

/** The graph of `writeModels` as a Dataform project: the same models, columns, parents and SQL, in its language. */
export function writeDataformModels(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "dependencies": { "@dataform/core": "^3.0.62" } }\n')
  writeFileSync(
    join(folder, 'workflow_settings.yaml'),
    'defaultProject: bench\ndefaultLocation: EU\ndefaultDataset: bench\n',
  )
  for (let number = 0; number < count; number++) {
    const layer = join(folder, 'definitions', layerOf(number))
    mkdirSync(layer, { recursive: true })
    writeFileSync(join(layer, `${nameOf(number)}.sqlx`), textOf(number))
  }
}

const described = {
  event_id: 'Identifies the event',
  person_id: 'Whose it is',
  session_id: 'The session; NULL where there is none',
  occurred_at: 'When it happened, UTC',
  occurred_date: 'The day on which it happened',
  event_name: 'What happened',
  channel: 'What brought the person',
  country: 'Where from',
  revenue: 'What was paid',
  score: 'How likely it was',
  sequence: 'Its place among the events of the person',
  seconds: 'Since the event before',
  is_new: 'The first event of the person',
}

function textOf(number: number): string {
  const columns = Object.entries(described).map(([name, text]) => `    ${name}: "${text}"`)
  return `config {
  type: "table",
  description: "One row per event of model ${number}: what happened, to whom, and when.",
  columns: {
${columns.join(',\n')}
  },
  assertions: {
    uniqueKey: ["person_id", "sequence"],
    nonNull: ["event_id", "person_id", "occurred_at", "event_name"],
    rowConditions: ["(sequence = 1) = (seconds is null)"]
  }
}

${number < modelsInLayer ? rootQuery : query(number)}
`
}

const rootQuery = `select
  'e' as event_id, 'p' as person_id, cast(null as string) as session_id,
  cast('2026-06-01 00:00:00' as timestamp) as occurred_at, cast('2026-06-01' as date) as occurred_date,
  'viewed' as event_name, cast(null as string) as channel, cast(null as string) as country,
  cast(0 as numeric) as revenue, cast(null as float64) as score, 1 as sequence,
  cast(null as int64) as seconds, true as is_new`

function query(number: number): string {
  const [first, ...others] = parentsOf(number).map(nameOf)
  const joins = others.map(
    (name, index) => `\n  inner join \${ref("${name}")} as e${index} on e${index}.event_id = e.event_id`,
  )
  return `with filled as (
  select
    e.event_id, e.person_id, e.session_id, e.occurred_at, e.occurred_date, e.event_name,
    coalesce(e.channel, '(none)') as channel, e.country, e.revenue, e.score
  from \${ref("${first}")} as e${joins.join('')}
  where e.event_name in ('viewed', 'added', 'bought')
),

in_order as (
  select
    f.event_id, f.person_id, f.session_id, f.occurred_at, f.occurred_date, f.event_name, f.channel, f.country, f.revenue, f.score,
    row_number() over (partition by f.person_id order by f.occurred_at, f.event_id) as sequence
  from filled as f
)

select
  i.event_id, i.person_id, i.session_id, i.occurred_at, i.occurred_date, i.event_name, i.channel, i.country, i.revenue,
  i.score, i.sequence, case when i.sequence > 1 then ${number % 60} end as seconds, i.sequence = 1 as is_new
from in_order as i`
}
