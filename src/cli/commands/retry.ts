import { asJson, type JsonObject } from '../../artifacts/json.ts'
import { type EarlierRun, readRunResults } from '../../artifacts/read-run-results.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { artifactFolder } from '../folders.ts'
import { type CommonOptions, configOption, outputOption, targetOption } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { settingsOf, type WorkCommand, workCommands } from '../work/job.ts'
import { perform } from '../work/perform.ts'
import { retried } from '../work/retried.ts'
import { readProject, type WorkspaceOptions, workspaceAsOf } from '../workspace.ts'

interface RetryOptions extends CommonOptions, WorkspaceOptions {}

export function retryCommand(cli: Cli): void {
  declare(cli, 'retry', {
    description: 'do again what failed or was not reached in the last build, run or test',
    notes: 'With the clock and the options of that run; what went well in it is left as it is.',
    examples: [['retry', 'after a failure has been mended, or a run was stopped']],
    options: [configOption(), targetOption(), outputOption()],
  }).action((options: RetryOptions) => cli.carryOut(options, terminal => retry(options, terminal)))
}

async function retry(options: RetryOptions, terminal: Terminal): Promise<ExitCode> {
  const configured = readProject(options, terminal)
  const earlier = readRunResults(artifactFolder(configured.config))
  const { runId, args, startedAt } = earlier
  const command = workCommandOf(earlier)
  const workspace = workspaceAsOf(startedAt, configured)
  const work = retried(workspace, earlier)
  if (work.selected.size + work.dataTests.size + work.unitTests.length === 0) {
    if (terminal.form === 'json') terminal.emit({ type: 'nothing_to_retry', command, startedAt })
    else terminal.print(`Nothing to retry: the last ${command}, as of ${startedAt} UTC, left nothing undone`)
    return exitCodes.good
  }
  const again = { ...(asJson(args) as JsonObject), retry_of: runId }
  return perform({ command, workspace, ...work, ...settingsOf(args), args: again }, terminal)
}

function workCommandOf({ command }: EarlierRun): WorkCommand {
  const known = workCommands.find(name => name === command)
  if (known !== undefined) return known
  const message = `the last run was a ${command}, which cannot be retried`
  throw new ProblemsError([{ kind: 'project', message, expected: `one of ${workCommands.join(', ')}` }])
}
