import { engines } from '../../authoring/macro.ts'
import { checkModels } from '../check-models.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type CommonOptions, configOption, outputOption, targetOption } from '../options.ts'
import { countOf, durationOf, listed } from '../report/words.ts'
import { clockOf } from '../run-clock.ts'
import type { Terminal } from '../terminal.ts'
import { unitTestsOf } from '../work/tests-of.ts'
import { compileAsOf, readProject, type WorkspaceOptions } from '../workspace.ts'

interface CheckOptions extends CommonOptions, WorkspaceOptions {}

export function checkCommand(cli: Cli): void {
  declare(cli, 'check', {
    description: 'find what would go wrong, for every engine, without running anything',
    notes: 'Exits with 1 where it finds problems in the models, with 2 where the config cannot be read.',
    examples: [['check', 'every model of the project, in seconds, without a warehouse']],
    options: [configOption(), targetOption(), outputOption()],
  }).action((options: CheckOptions) => cli.carryOut(options, terminal => check(options, terminal)))
}

async function check(options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const started = performance.now()
  const now = clockOf(terminal.effects.now())
  const { workspace, problems: ofFiles } = compileAsOf(now, readProject(options, terminal))
  const { modelCount, problems: ofModels } = await checkModels(workspace)
  const { problems: ofUnitTests } = unitTestsOf(workspace)
  const problems = [...ofFiles, ...ofModels, ...ofUnitTests]
  const seconds = (performance.now() - started) / 1000
  terminal.printProblems(problems)
  if (terminal.form === 'json') {
    terminal.emit({ type: 'check_finished', modelCount, engines, problemCount: problems.length, seconds })
  } else {
    const found = problems.length === 0 ? 'no problems' : terminal.colors.red(countOf(problems.length, 'problem'))
    terminal.print(`Checked ${countOf(modelCount, 'model')} for ${listed(engines)} in ${durationOf(seconds)}: ${found}`)
  }
  return problems.length === 0 ? exitCodes.good : exitCodes.failed
}
