import { Command, CommanderError } from 'commander'
import { cliOn } from './cli.ts'
import { buildCommand } from './commands/build.ts'
import { checkCommand } from './commands/check.ts'
import { compileCommand } from './commands/compile.ts'
import { conformanceCommand } from './commands/conformance.ts'
import { debugCommand } from './commands/debug.ts'
import { ejectCommand } from './commands/eject.ts'
import { explainCommand } from './commands/explain.ts'
import { freshnessCommand } from './commands/freshness.ts'
import { initCommand } from './commands/init.ts'
import { lineageCommand } from './commands/lineage.ts'
import { lsCommand } from './commands/ls.ts'
import { planCommand } from './commands/plan.ts'
import { retryCommand } from './commands/retry.ts'
import { runCommand } from './commands/run.ts'
import { schemaCommand } from './commands/schema.ts'
import { showCommand } from './commands/show.ts'
import { testCommand } from './commands/test.ts'
import type { Effects } from './effects.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { packageVersion } from './package-root.ts'

const commands = [
  initCommand,
  ejectCommand,
  planCommand,
  buildCommand,
  runCommand,
  testCommand,
  retryCommand,
  checkCommand,
  compileCommand,
  lsCommand,
  showCommand,
  lineageCommand,
  explainCommand,
  freshnessCommand,
  debugCommand,
  conformanceCommand,
  schemaCommand,
]

/** Carries out a command line, without the names of program and script; gives the exit code. */
export async function throughline(args: readonly string[], effects: Effects): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.good
  const program = new Command('throughline')
    .description('Customer-journey analytics in your own warehouse, as code.')
    .version(packageVersion(), '-V, --version', 'say which version this is')
    .helpOption('-h, --help', 'say what a command does and takes')
    .helpCommand('help [command]', 'the same as --help')
    .exitOverride()
    .configureOutput({
      writeOut: text => effects.stdout.write(text),
      writeErr: text => effects.stderr.write(text),
      getOutHelpWidth: () => effects.stdout.columns ?? 100,
      getErrHelpWidth: () => effects.stderr.columns ?? 100,
    })
    .showHelpAfterError('(throughline --help lists the commands)')
    .addHelpText(
      'after',
      '\nExit codes: 0 all good; 1 a model or a test failed; 2 the command could not be carried out.',
    )
  const cli = cliOn(program, effects, code => {
    exitCode = code
  })
  for (const declare of commands) declare(cli)
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCodes.good : exitCodes.notCarriedOut
  }
  return exitCode
}
