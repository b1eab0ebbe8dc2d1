import type { Command, Option } from 'commander'
import type { Effects } from './effects.ts'
import { tellError } from './errors.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { type CommonOptions, noColorOption } from './options.ts'
import { Terminal } from './terminal.ts'

/** What commands are declared with: the program, and the way from their work to the exit code. */
export interface Cli {
  readonly program: Command
  /** Carries out a command; whatever it throws is told, and ends in `notCarriedOut`. */
  carryOut(options: CommonOptions, work: (terminal: Terminal) => Promise<ExitCode>): Promise<void>
}

export interface CommandWords {
  /** In one line. */
  readonly description: string
  /** Of each: what is typed, and what it does. */
  readonly examples: readonly (readonly [typed: string, does: string])[]
  /** What else there is to know, after the options. */
  readonly notes?: string
  /** Besides `--no-color`, which every command takes. */
  readonly options: readonly Option[]
}

/** A command of this name, with its help. */
export function declare({ program }: Cli, name: string, words: CommandWords): Command {
  const command = program.command(name).description(words.description)
  for (const option of [...words.options, noColorOption()]) command.addOption(option)
  command.showHelpAfterError(`(throughline ${name} --help says what it takes)`)
  return command.addHelpText('after', ({ error }) => helpText(command, words, error))
}

/** What else there is to know, in lines that fit, and the examples. */
function helpText(command: Command, { notes, examples }: CommandWords, isError: boolean): string {
  const { getErrHelpWidth, getOutHelpWidth } = command.configureOutput()
  const width = (isError ? getErrHelpWidth : getOutHelpWidth)?.() ?? 80
  const told = notes === undefined ? '' : `\n${command.createHelp().boxWrap(notes, width)}\n`
  const shown = examples.map(([typed, does]) => `  $ throughline ${typed}\n      ${does}`)
  return `${told}\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${shown.join('\n')}`
}

export function cliOn(program: Command, effects: Effects, ended: (exitCode: ExitCode) => void): Cli {
  return {
    program,
    carryOut: async (options, work) => {
      const terminal = new Terminal(effects, options.output ?? 'text', options.color)
      try {
        ended(await work(terminal))
      } catch (error) {
        tellError(error, terminal)
        ended(exitCodes.notCarriedOut)
      }
    },
  }
}
