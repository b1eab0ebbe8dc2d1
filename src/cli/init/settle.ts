import type { OpenChoice } from '../../authoring/recognize.ts'
import type { Project } from '../../project/project.ts'
import type { Effects } from '../effects.ts'
import { passedOver, unusedColumns } from './left-out.ts'
import type { Proposal, SettledProposal } from './proposal.ts'
import type { Around } from './readable.ts'

/** Asks a person; undefined where nobody is there to be asked. */
export type Ask = Effects['ask']

/** Who is asked has left. */
export class Unanswered extends Error {}

/** One proposal for each system. What the files do not settle a person is asked; where nobody is there, the best guess stands and it stays open. */
export async function settled(
  choices: readonly (readonly Proposal[])[],
  around: Pick<Around, 'root' | 'project'>,
  ask: Ask,
): Promise<readonly SettledProposal[]> {
  const proposals: SettledProposal[] = []
  for (const choice of choices) {
    const proposal = await chosen(choice, ask)
    const written = await answered(proposal, around.project, ask)
    const notes = [...written.notes, ...passedOver(proposal, choice)]
    proposals.push({ ...written, notes, unused: unusedColumns(written, around) })
  }
  return proposals
}

async function chosen(choice: readonly Proposal[], ask: Ask): Promise<Proposal> {
  const [best] = choice
  if (ask === undefined || choice.length < 2) return best!
  const places = choice.map(({ where }) => where)
  const place = await choose(`Where is the data of ${best!.source}?`, places, best!.where, ask)
  return choice[places.indexOf(place)]!
}

async function answered(proposal: Proposal, project: Project, ask: Ask): Promise<Proposal> {
  let { settings } = proposal
  if (ask === undefined) return proposal
  const { settings: schema } = project.sources.get(proposal.source)!.value
  for (const open of proposal.open) {
    const accepts = (answer: string) => schema.safeParse(changed(settings, open.path, answer)).success
    settings = changed(settings, open.path, await answerTo(open, settings, accepts, ask))
  }
  return { ...proposal, settings, open: [] }
}

function answerTo(
  { question, choices, path }: OpenChoice,
  settings: Proposal['settings'],
  accepts: (answer: string) => boolean,
  ask: NonNullable<Ask>,
): Promise<string> {
  const guess = String(
    path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], settings),
  )
  return choices === undefined ? write(question, guess, accepts, ask) : choose(question, choices, guess, ask)
}

/** The number or the text of a choice; nothing means the guess. */
async function choose(
  question: string,
  choices: readonly string[],
  guess: string,
  ask: NonNullable<Ask>,
): Promise<string> {
  const listed = choices.map((choice, index) => `  ${index + 1}  ${choice}`).join('\n')
  const accepts = (answer: string) => choices.includes(answer)
  const numbered = async (text: string) => {
    const answer = await ask(text)
    return answer === undefined ? undefined : (choices[Number(answer.trim()) - 1] ?? answer)
  }
  return write(`${question}\n${listed}\n`, guess, accepts, numbered)
}

async function write(
  question: string,
  guess: string,
  accepts: (answer: string) => boolean,
  ask: NonNullable<Ask>,
): Promise<string> {
  const prompt = `${question}${question.endsWith('\n') ? '' : ' '}[${guess}] `
  for (;;) {
    const answer = await ask(prompt)
    if (answer === undefined) throw new Unanswered('nobody answers')
    const given = answer.trim() === '' ? guess : answer.trim()
    if (accepts(given)) return given
  }
}

/** What stands in the settings at a path. */
export function valueAt(settings: Proposal['settings'], path: readonly string[]): string {
  return String(path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], settings))
}

/** The settings with another value at a path. */
function changed(
  settings: Readonly<Record<string, unknown>>,
  [key, ...rest]: readonly string[],
  value: string,
): Readonly<Record<string, unknown>> {
  if (key === undefined) return settings
  const below = settings[key]
  const isMap = typeof below === 'object' && below !== null
  return {
    ...settings,
    [key]: rest.length === 0 || !isMap ? value : changed(below as Proposal['settings'], rest, value),
  }
}
