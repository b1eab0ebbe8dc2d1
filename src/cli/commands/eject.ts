import { constants, copyFileSync, existsSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ProblemsError } from '../../problems/problem.ts'
import type { Project } from '../../project/project.ts'
import { modelsOf } from '../../quality/unit-tests.ts'
import { type Cli, declare } from '../cli.ts'
import { readConfigText } from '../config-file.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type CommonOptions, configOption, outputOption } from '../options.ts'
import { loadLayer } from '../project-files.ts'
import { shortPath } from '../report/problem-text.ts'
import { countOf } from '../report/words.ts'
import { rowsOfSeed, stockFile } from '../stock-file.ts'
import type { Terminal } from '../terminal.ts'

interface EjectOptions extends CommonOptions {
  readonly config?: string
}

export function ejectCommand(cli: Cli): void {
  declare(cli, 'eject', {
    description: 'copy a stock file into your project, where it replaces the stock one and may be changed',
    notes:
      'Everything that reads the stock one reads yours from then on, and a newer Throughline changes yours no more. To have the stock one back, remove yours. What is in your project already is never overwritten.',
    examples: [
      ['eject sessions', 'a model; a seed comes with its rows'],
      ['eject journeys/sessions', 'the same, by folder and name'],
      ['eject macros/time.ts', 'any other file, by its path'],
    ],
    options: [configOption(), outputOption()],
  })
    .argument('<what>', 'a model, or the path of a file of the stock layer')
    .action((what: string, options: EjectOptions) =>
      cli.carryOut(options, async terminal => eject(what, options, terminal)),
    )
}

function eject(what: string, options: EjectOptions, terminal: Terminal): ExitCode {
  const { cwd, stock } = terminal.effects
  const { folder } = readConfigText(options.config, cwd)
  if (realpathSync(folder) === realpathSync(stock)) {
    const message = 'this project is the stock layer itself: its files can be changed where they are'
    throw new ProblemsError([{ kind: 'project', message }])
  }
  const { project } = loadLayer(stock)
  const path = stockFile(what, project)
  if (existsSync(join(folder, path))) {
    const hint = 'it replaces the stock one; to have the stock one back, remove it'
    throw new ProblemsError([{ kind: 'project', message: `${path} is in this project already`, hint }])
  }
  const rows = rowsOfSeed(path, project)
  for (const each of [path, ...(rows === undefined ? [] : [rows])]) {
    const file = join(folder, each)
    const isThere = existsSync(file)
    if (!isThere) copy(join(stock, each), file)
    if (terminal.form === 'json') terminal.emit({ type: isThere ? 'kept' : 'wrote', file })
    else terminal.print(`${isThere ? 'Kept ' : 'Wrote'} ${shortPath(file, cwd)}`)
  }
  const tests = testsGivingWay(path, project)
  if (terminal.form === 'json') {
    if (tests.length > 0) terminal.emit({ type: 'no_longer_tested_by', files: tests })
    return exitCodes.good
  }
  if (tests.length > 0) {
    terminal.print(
      `\n${countOf(tests.length, 'stock unit test')} of it no longer ${tests.length === 1 ? 'runs' : 'run'}; to keep one, eject it too:`,
    )
    for (const test of tests) terminal.print(`  ${test}`)
  }
  terminal.print('\nNext: change it, then npx throughline check')
  return exitCodes.good
}

/** The unit tests that give way with a model: of it, or of others with rows of it. */
function testsGivingWay(path: string, stock: Project): readonly string[] {
  return stock.unitTests
    .filter(({ value }) => modelsOf(value, stock).some(model => model.path === path))
    .map(({ path }) => path)
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to, constants.COPYFILE_EXCL)
}
