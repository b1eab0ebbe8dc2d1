import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const modelsInLayer = 100

/** Writes a project of models in layers of a hundred: 13 columns each, each reading one to three models of the layer below. */
export function writeModels(folder: string, count: number): void {
  for (let number = 0; number < count; number++) {
    const file = join(folder, 'models', layerOf(number), `${nameOf(number)}.ts`)
    mkdirSync(join(folder, 'models', layerOf(number)), { recursive: true })
    writeFileSync(file, number < modelsInLayer ? rootText(number) : modelText(number))
  }
}

export const layerOf = (number: number): string =>
  `layer_${String(Math.floor(number / modelsInLayer)).padStart(2, '0')}`
export const nameOf = (number: number): string => `model_${String(number).padStart(4, '0')}`

/** One to three, spread over the layer below. */
export function parentsOf(number: number): readonly number[] {
  const start = (Math.floor(number / modelsInLayer) - 1) * modelsInLayer
  return Array.from({ length: 1 + (number % 3) }, (_, index) => start + ((number * 7 + index * 31) % modelsInLayer))
}

function contract(number: number, references: string | undefined): string {
  const person = references === undefined ? "key('Whose it is')" : `references(${references}.columns.person_id)`
  return `  description: 'One row per event of model ${number}: what happened, to whom, and when.',
  grain: ['event_id'],
  columns: {
    event_id: key('Identifies the event'),
    person_id: ${person},
    session_id: text('The session; NULL where there is none').nullable(),
    occurred_at: timestamp('When it happened, UTC'),
    occurred_date: date('The day on which it happened'),
    event_name: text('What happened').oneOf(['viewed', 'added', 'bought']),
    channel: text('What brought the person').nullable(),
    country: text('Where from').nullable(),
    revenue: number('What was paid').atLeast(0),
    score: real('How likely it was').nullable(),
    sequence: integer('Its place among the events of the person').atLeast(1),
    seconds: integer('Since the event before').nullable().atLeast(0),
    is_new: boolean('The first event of the person'),
  },
  tests: {
    unique: [['person_id', 'sequence']],
    always: { 'the first has no event before it': sql\`(sequence = 1) = (seconds is null)\` },
  },
  materialize: { kind: 'table' },`
}

const words = 'boolean, date, integer, key, model, number, real, references, sql, text, timestamp, type'

function rootText(number: number): string {
  return `import { ${words.replace(' references,', '')} } from 'throughline'

export const ${nameOf(number)} = model({
${contract(number, undefined)}
  query: () => sql\`
    select
      'e' as event_id, 'p' as person_id, cast(null as \${type.text}) as session_id,
      cast('2026-06-01 00:00:00' as \${type.timestamp}) as occurred_at, cast('2026-06-01' as \${type.date}) as occurred_date,
      'viewed' as event_name, cast(null as \${type.text}) as channel, cast(null as \${type.text}) as country,
      cast(0 as \${type.number}) as revenue, cast(null as \${type.real}) as score, 1 as sequence,
      cast(null as \${type.integer}) as seconds, true as is_new
  \`,
})
`
}

function modelText(number: number): string {
  const parents = parentsOf(number).map(nameOf)
  const imports = parents.map(name => `import { ${name} } from '../${layerOf(number - modelsInLayer)}/${name}'`)
  const [first, ...others] = parents
  const joins = others.map(
    (name, index) => `\n      inner join \${${name}} as e${index} on e${index}.event_id = e.event_id`,
  )
  return `import { ${words} } from 'throughline'
${imports.join('\n')}

export const ${nameOf(number)} = model({
${contract(number, first)}
  query: () => sql\`
    with filled as (
      select
        e.event_id, e.person_id, e.session_id, e.occurred_at, e.occurred_date, e.event_name,
        coalesce(e.channel, '(none)') as channel, e.country, e.revenue, e.score
      from \${${first}} as e${joins.join('')}
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
      i.score, i.sequence, case when i.sequence > 1 then \${${number % 60}} end as seconds, i.sequence = 1 as is_new
    from in_order as i
  \`,
})
`
}
