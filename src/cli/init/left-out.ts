import { listed } from '../report/words.ts'
import type { Proposal, SettledProposal } from './proposal.ts'
import { type Around, tablesOf } from './readable.ts'

/** Of a file's columns, those that the config does not have read. */
export function unusedColumns(
  { source, settings, found }: Proposal,
  around: Pick<Around, 'root' | 'project'>,
): readonly string[] {
  if (settings.folder !== undefined) return []
  const read = new Set(tablesOf(source, settings, around).flatMap(({ columns }) => Object.keys(columns)))
  return found.filter(name => !read.has(name))
}

/** What is told of a proposal besides its guesses, each on one line whatever values and names it tells of. */
export function notesOf({ notes, unused }: SettledProposal): readonly string[] {
  const shown = unused.slice(0, mostShown).join(', ')
  const more = unused.length > mostShown ? ` and ${unused.length - mostShown} more` : ''
  const all = unused.length === 0 ? notes : [...notes, `not used: ${shown}${more}`]
  return all.map(note => note.replaceAll(/\s+/g, ' '))
}

const mostShown = 20

/** In words: files and folders that would be of the system too, of which it reads but this one. */
export function passedOver(chosen: Proposal, choice: readonly Proposal[]): readonly string[] {
  const { source, beside } = chosen
  const others = choice.filter(each => each !== chosen && !(beside?.files ?? []).includes(each.where))
  const unlike = others.map(({ where }) => `${where} looks like data of ${source} too, and is not read`)
  return [...(beside === undefined ? [] : [alikeText(beside)]), ...unlike]
}

function alikeText({ files, pattern }: NonNullable<Proposal['beside']>): string {
  const [have, are, all] = files.length === 1 ? ['has', 'is', 'both'] : ['have', 'are', 'all']
  const how =
    pattern === undefined
      ? `put them into a folder of their own, and name them so: file: "FOLDER/*"`
      : `write file: ${JSON.stringify(pattern)}`
  return `${listed(files)} ${have} the same columns, and ${are} not read; to read ${all}, ${how}`
}
