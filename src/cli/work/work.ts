import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { CommonOptions } from '../options.ts'
import { type SelectionOptions, selectNodes } from '../selection.ts'
import type { Terminal } from '../terminal.ts'
import { openWorkspace, type WorkspaceOptions } from '../workspace.ts'
import { argsOf, type WorkCommand } from './job.ts'
import { perform } from './perform.ts'
import { dataTestsReading, noUnitTests, unitTestsOf } from './tests-of.ts'

export interface WorkOptions extends CommonOptions, WorkspaceOptions, SelectionOptions {
  readonly threads: number
  readonly failFast?: boolean
  readonly storeFailures?: string
}

/** Builds, runs or tests what was selected. */
export async function work(command: WorkCommand, options: WorkOptions, terminal: Terminal): Promise<ExitCode> {
  const workspace = openWorkspace(options, terminal)
  const selected = new Set(selectNodes(workspace, options, terminal.effects.cwd))
  if (selected.size === 0) {
    terminal.notice(`nothing is selected: there is nothing to ${command}`)
    return exitCodes.good
  }
  const settings = {
    threads: options.threads,
    failFast: options.failFast ?? false,
    storeFailures: options.storeFailures,
  }
  const isTested = command !== 'run'
  const { tests, problems } = isTested ? unitTestsOf(workspace) : noUnitTests
  return perform(
    {
      command,
      workspace,
      selected,
      dataTests: isTested ? dataTestsReading(workspace.compiled, selected) : new Set(),
      unitTests: tests.filter(({ model }) => selected.has(model)),
      unitTestProblems: problems,
      ...settings,
      args: argsOf(settings, options, workspace.config.target.name),
    },
    terminal,
  )
}
