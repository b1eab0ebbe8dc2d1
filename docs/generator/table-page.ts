import { describeType } from '../../src/authoring/column-type.ts'
import type { CompiledModel } from '../../src/compile/compiled.ts'
import { table } from './markdown.ts'

/** The page of one published table: its contract in words, its tests, and the SQL that makes it. */
export function tablePage(model: CompiledModel): string {
  const { description, grain, columns } = model.model.value
  const told = Object.entries(columns).map(([name, column]) => [
    `\`${name}\``,
    `${describeType(column.type)}${column.isNullable ? ', may be NULL' : ''}`,
    `${column.description}${column.classification === undefined ? '' : ` (classified as \`${column.classification}\`)`}`,
  ])
  return `# ${model.layer}.${model.name}

${description}

One row is identified by ${grain.map(name => `\`${name}\``).join(', ')}. Made by [\`${model.model.path}\`](../../${model.model.path})${madeFrom(model)}.

${table(['column', 'type', 'meaning'], told)}

${tests(model)}
${sqlOf(model)}`
}

/** The first page: every published table by layer. */
export function tablesIndex(models: readonly CompiledModel[]): string {
  const layers = [...new Set(models.map(({ layer }) => layer))]
  const rows = (layer: string) =>
    models
      .filter(model => model.layer === layer)
      .map(({ name, model: { value } }) => [
        `[\`${name}\`](${name}.md)`,
        value.grain.map(column => `\`${column}\``).join(', '),
        value.description,
      ])
  return `# What is published

Every table that a build leaves for BI tools, analysts and other teams, by layer, which is its schema. A page each: the columns and what they mean, what is tested before the rows can be read, and the SQL that makes it.

Keys that end in \`_id\` are texts; instants (\`_at\`) are UTC and days (\`_date\`) are those of the reporting zone; money is exact, in the reporting currency, with \`currency\` beside it. Segments overlap, and people are in several periods: neither may be summed.

${layers.map(layer => `## ${layer}\n\n${table(['table', 'one row per', 'what it is'], rows(layer))}`).join('\n\n')}
`
}

function madeFrom({ reads, layer, name }: CompiledModel): string {
  const others = reads.filter(other => other !== name)
  return others.length === 0
    ? ''
    : `, in the schema \`${layer}\`, from ${others.map(other => `\`${other}\``).join(', ')}`
}

function tests(model: CompiledModel): string {
  // What every column says already: that it is not NULL.
  const told = model.tests.filter(({ kind }) => kind !== 'not_null')
  if (told.length === 0) return ''
  const lines = told.map(({ says, options }) => `- ${says}${options.severity === 'warn' ? ' (warns)' : ''}`)
  return `Before its rows can be read, besides that no other column is NULL:\n\n${lines.join('\n')}\n`
}

function sqlOf({ authored, fixpoint, seedFile }: CompiledModel): string {
  if (fixpoint !== undefined) {
    const steps = (queries: (typeof fixpoint)['start']) =>
      queries.map(({ table: name, authored: query }) => `-- ${name}\n${query.text.trim()}`).join('\n\n')
    return `At first:\n\n${fenced(steps(fixpoint.start))}\nThen, again and again, until \`${fixpoint.until}\` has no rows:\n\n${fenced(steps(fixpoint.step))}\nAt last:\n\n${fenced(authored?.text ?? '')}`
  }
  if (seedFile !== undefined)
    return 'Its rows stand in a CSV file of the project; a file of your own at its path replaces them.\n'
  return fenced(authored?.text ?? '')
}

const fenced = (sql: string): string => `\`\`\`sql\n${sql.trim()}\n\`\`\`\n`
