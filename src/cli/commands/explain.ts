import type { Explanation } from '../../authoring/explanation.ts'
import type { CompiledExplanation } from '../../compile/compiled.ts'
import { readyParser } from '../../compile/portable/parse.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type Explained, explain } from '../explain/explain.ts'
import { namedExplanation } from '../explain/named-explanation.ts'
import { notBuilt } from '../not-built.ts'
import { type CommonOptions, configOption, outputOption, targetOption } from '../options.ts'
import { cellText } from '../report/cells.ts'
import { alignedLines } from '../report/text-table.ts'
import { canBeOpened, openTargetToRead } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../workspace.ts'

interface ExplainOptions extends CommonOptions, WorkspaceOptions {}

export function explainCommand(cli: Cli): void {
  declare(cli, 'explain', {
    description: 'say why one thing in the published tables is as it is',
    notes:
      'Reads what is published, and changes nothing. Where an explanation knows all ids, the first six characters of one are enough, if no other begins so; where it knows other names, so is one of them, as an e-mail address of a person. Ends with 2 where there is nothing of that id.',
    examples: [
      ['explain', 'what there is to be explained'],
      ['explain person 4f2a91', 'why the identifiers of one person are one person'],
      ['explain person ada@acme.example', 'the same, of whose this identifier is'],
      ['explain person 4f2a91 --output json', 'the same, with the rows that it was told from'],
    ],
    options: [configOption(), targetOption(), outputOption()],
  })
    .argument('[what]', 'an explanation; left out: lists those there are')
    .argument('[id]', 'which one')
    .action((what: string | undefined, id: string | undefined, options: ExplainOptions) =>
      cli.carryOut(options, async terminal => {
        const workspace = openWorkspace(options, terminal)
        return what === undefined ? list(workspace, terminal) : explainOne(workspace, what, id, terminal)
      }),
    )
}

function list({ compiled }: Workspace, terminal: Terminal): ExitCode {
  const known = [...compiled.explanations.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const off = [...compiled.disabledExplanations].sort()
  if (terminal.form === 'json') {
    for (const { name, explanation } of known) {
      const { takes, named, description } = explanation.value
      terminal.emit({ type: 'explanation', name, takes, namedBy: named?.by, description })
    }
    for (const [name, because] of off) terminal.emit({ type: 'disabled', name, because })
    return exitCodes.good
  }
  const rows = known.map(({ name, explanation: { value } }) => [`${name} <${whatNames(value)}>`, value.description])
  for (const line of alignedLines(rows)) terminal.print(line)
  for (const line of alignedLines(off)) terminal.print(terminal.colors.dim(line))
  if (known.length + off.length === 0) terminal.notice('the project has no explanations: they stand in explanations/')
  return exitCodes.good
}

/** `person_id or identifier` */
const whatNames = ({ takes, named }: Explanation): string => (named === undefined ? takes : `${takes} or ${named.by}`)

async function explainOne(
  workspace: Workspace,
  what: string,
  id: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const explanation = namedExplanation(workspace.compiled, what)
  await readyParser()
  if (id === undefined) {
    const { takes } = explanation.explanation.value
    const message = `of which ${what}? It takes a ${whatNames(explanation.explanation.value)}`
    throw new ProblemsError([{ kind: 'project', message, hint: `throughline explain ${what} ${takes.toUpperCase()}` }])
  }
  const explained = await fromPublished(workspace, explanation, id)
  if (terminal.form === 'json') terminal.emit({ type: 'explained', what, ...explained })
  else print(explained, terminal)
  return exitCodes.good
}

async function fromPublished(
  { config, compiled, input }: Workspace,
  explanation: CompiledExplanation,
  id: string,
): Promise<Explained> {
  const { target } = config
  const needed = [
    ...explanation.parents.map(name => ({ name, table: compiled.models.get(name)!.table })),
    ...explanation.sourceTables.map(name => ({ name, table: compiled.sourceTables.get(name)!.table })),
  ]
  // Opening a file that is not there would make one.
  if (!canBeOpened(target)) throw notBuilt(needed[0]?.name ?? explanation.name, target)
  const warehouse = await openTargetToRead(target)
  try {
    const session = await warehouse.connect()
    try {
      for (const { name, table } of needed) {
        if ((await warehouse.standing(session, table)) === undefined) throw notBuilt(name, target)
      }
      return await explain(explanation, id, session, input.dialect)
    } finally {
      session.close()
    }
  } finally {
    await warehouse.close()
  }
}

function print({ sections }: Explained, terminal: Terminal): void {
  for (const [index, { heading, lines }] of sections.entries()) {
    if (index > 0) terminal.print('')
    terminal.print(terminal.colors.bold(cellText(heading)))
    for (const line of lines) terminal.print(`  ${cellText(line)}`.trimEnd())
  }
}
