import { stringify } from 'yaml'
import { z } from 'zod'
import type { Project } from '../../project/project.ts'
import { notesOf } from './left-out.ts'
import type { Proposal, SettledProposal } from './proposal.ts'

/** The shortest config that is of use: the project's name, a target, and the sources that were found, or examples of them. */
export function configText(name: string, proposals: readonly SettledProposal[], project: Project): string {
  const sections = sectionsOf(proposals)
  return `# yaml-language-server: $schema=./node_modules/throughline/warehouse.config.schema.json
#
# What this project says of your business. An editor that reads the line above completes every key and says what it means.

project: ${name}

# Where tables are built: a file of DuckDB, which needs no server.
targets:
  local: { engine: duckdb, path: .throughline/${name}.duckdb }

${sourcesText(proposals, project)}${[...sections].map(([section, value]) => `\n${stringify({ [section]: value })}`).join('')}
# Everything else has a default, and stands here when you want it otherwise:
${wrapped(otherSections(project, sections))}
`
}

/** What the systems say of other sections, each section once. */
function sectionsOf(proposals: readonly Proposal[]): ReadonlyMap<string, object> {
  const sections = new Map<string, object>()
  for (const [section, value] of proposals.flatMap(proposal => Object.entries(proposal.sections)))
    sections.set(section, { ...sections.get(section), ...(value as object) })
  return sections
}

function sourcesText(proposals: readonly SettledProposal[], project: Project): string {
  const said = '# The systems whose data is read. What is not named here is off.\n'
  if (proposals.length === 0) return `${said}# sources:\n${examples(project)}`
  const named = proposals.map(proposal => {
    const { source, settings, where, open } = proposal
    const text = stringify({ [source]: settings }, { lineWidth: 110 })
    const guesses = open.map(({ path, question }) => `${path.join('.')} is a guess: ${question}`)
    const told = [`Found in ${where}`, ...guesses, ...notesOf(proposal)]
    return [...told.map(asComment), text.replaceAll(/^(?=.)/gm, '  ')].join('')
  })
  return `${said}sources:\n${named.join('')}`
}

/** On one line, whatever values and names it tells of. */
function asComment(words: string): string {
  return `  # ${words.replaceAll(/\s+/g, ' ')}\n`
}

/** A line for each system that the project knows. */
function examples(project: Project): string {
  const lines = [...project.sources].map(([name, { value }]) => `#   ${name}: ${exampleOf(name, value.settings)}\n`)
  return lines.join('')
}

/** What a system cannot do without: where its data is, and the keys that have no default. */
function exampleOf(name: string, settings: z.ZodType): string {
  const { properties = {}, required = [] } = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' })
  const places = { folder: `raw/${name}`, file: 'data/events.csv' }
  const place = Object.entries(places).find(([key]) => Object.hasOwn(properties, key))
  const others = required.filter(key => key !== place?.[0])
  const keys = [...(place === undefined ? [] : [place.join(': ')]), ...others.map(key => `${key}: …`)]
  return keys.length === 0 ? '{}' : `{ ${keys.join(', ')} }`
}

function otherSections(project: Project, said: ReadonlyMap<string, unknown>): readonly string[] {
  return [...project.definitions.keys()].filter(section => !said.has(section)).sort()
}

/** Words in comment lines that fit. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length > 100) lines.push(`# ${word}`)
    else lines[lines.length - 1] = `${last}, ${word}`
  }
  return lines.join(',\n')
}
