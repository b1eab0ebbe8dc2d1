import { type Keyed, keysOf, type Schema, sourcesOf, typeWords } from './json-schema.ts'
import { table } from './markdown.ts'

const engineSections = ['project', 'default_target', 'targets', 'sources', 'exclude']

/** `docs/config.md`: every key of `warehouse.config.yaml`, as its JSON Schema tells it. */
export function configPage(schema: Schema): string {
  const sections = schema.properties ?? {}
  const definitions = Object.keys(sections).filter(name => !engineSections.includes(name))
  return `# warehouse.config.yaml, key by key

What a company says about itself: one file, in YAML. The shortest useful one names a project and a source; every other key has a default that suits a small shop. A key that nobody acts on is refused, with the nearest
right spelling. \`npx throughline schema\` writes the same as a JSON Schema, by which editors complete and check the file.

**Forms.** A duration reads \`30 minutes\` or \`7 days\`, a size \`200 GB\`, a rate \`0.12\` or \`20 %\`. In a text, \`*\` stands for any text, and \`/…/\` is a regular expression. \`\${NAME}\` is the environment variable \`NAME\`; it
may stand in any value. In the tables below \`<name>\` is a name of your own, and \`[]\` an entry of a list.

**Matches.** Wherever events are meant (conversions, stages, steps of funnels), one grammar holds: an event's name; a list of names, any of them; or \`{ event, where }\` with [conditions](#what-an-event-must-be).

## The engine's own sections

${engineSections
  .filter(name => name in sections && name !== 'sources')
  .map(name => section(name, sections[name]!, '###'))
  .join('\n\n')}

### sources

${sections.sources?.description ?? ''}

${sourcesOf(schema)
  .map(([name, settings]) => section(name, settings, '####'))
  .join('\n\n')}

## The business's definitions

${definitions.map(name => section(name, sections[name]!, '###')).join('\n\n')}

## What an event must be

The keys of \`where\`; all of them hold. Each takes a value, a list of values, or \`{ not: … }\`; numbers also \`{ at_least, at_most }\`; true or false stand for themselves.

${whereColumns(schema)
  .map(name => `\`${name}\``)
  .join(', ')}
`
}

function section(name: string, schema: Schema, mark: string): string {
  const keys = keysOf(schema)
  const about = [`${mark} ${name}`, schema.description ?? ''].filter(text => text !== '').join('\n\n')
  if (keys.length === 0) {
    const given = schema.default === undefined ? '' : ` Default: ${code(schema.default)}.`
    return `${about}\n\nTakes ${typeWords(schema)}.${given}`
  }
  return `${about}\n\n${table(['key', 'takes', 'default', 'meaning'], keys.map(row))}`
}

function row({ path, schema, isRequired }: Keyed): readonly string[] {
  const given = schema.default === undefined ? (isRequired ? '**required**' : '') : code(schema.default)
  return [`\`${path}\``, typeWords(schema), given, schema.description ?? '']
}

function code(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ')
  return `\`${text.length > 120 ? `${text.slice(0, 118)} …` : text}\``
}

function whereColumns(schema: Schema): readonly string[] {
  const conversion = schema.properties?.conversions?.additionalProperties
  const where = typeof conversion === 'object' ? conversion.properties?.where : undefined
  return Object.keys(where?.properties ?? {})
}
