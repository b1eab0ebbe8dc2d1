import { type Cli, declare } from '../cli.ts'
import type { Finding } from '../debug/finding.ts'
import { findings } from '../debug/findings.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type CommonOptions, configOption, outputOption, targetOption } from '../options.ts'
import { problemText } from '../report/problem-text.ts'
import { padded } from '../report/text-table.ts'
import type { Terminal } from '../terminal.ts'
import type { WorkspaceOptions } from '../workspace.ts'

interface DebugOptions extends CommonOptions, WorkspaceOptions {}

export function debugCommand(cli: Cli): void {
  declare(cli, 'debug', {
    description: 'look at what a build stands on: Node.js, the config, the database, the raw data',
    notes: 'Builds nothing, and reads no rows. Secrets are shown as ***. Exits with 1 where something is wrong.',
    examples: [['debug --target prod', 'before the first build in a new place']],
    options: [configOption(), targetOption(), outputOption()],
  }).action((options: DebugOptions) => cli.carryOut(options, terminal => debug(options, terminal)))
}

async function debug(options: DebugOptions, terminal: Terminal): Promise<ExitCode> {
  let isGood = true
  for await (const finding of findings(options, terminal)) {
    if (finding.status === 'fail') isGood = false
    if (terminal.form === 'json') terminal.emit({ type: 'finding', ...finding })
    else for (const line of lines(finding, terminal)) terminal.print(line)
  }
  return isGood ? exitCodes.good : exitCodes.failed
}

function lines({ what, status, detail, problems }: Finding, { colors, effects }: Terminal): readonly string[] {
  const words = { ok: colors.green('ok  '), fail: colors.red('FAIL'), off: colors.dim('off ') }
  const told = problems.map(problem => problemText(problem, colors, effects.cwd))
  const [only, ...others] = told
  const indented = (text: string) => text.replaceAll('\n', '\n      ')
  const first = `${words[status]}  ${padded(what, 10, 'left')}  ${detail}`
  if (only !== undefined && others.length === 0) return [`${first}${indented(only)}`]
  return [first.trimEnd(), ...told.map(text => `      ${indented(text)}`)]
}
