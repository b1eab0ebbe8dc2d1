import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CompiledModel } from '../../compile/compiled.ts'
import { type Cli, declare } from '../cli.ts'
import { compiledText } from '../compiled-text.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { compiledFolder } from '../folders.ts'
import {
  type CommonOptions,
  configOption,
  excludeOption,
  outputOption,
  selectOption,
  stateOption,
  targetOption,
} from '../options.ts'
import { shortPath } from '../report/problem-text.ts'
import { countOf } from '../report/words.ts'
import { type SelectionOptions, selectNodes } from '../selection.ts'
import type { Terminal } from '../terminal.ts'
import { openWorkspaceAlone, type WorkspaceOptions } from '../workspace.ts'

interface CompileOptions extends CommonOptions, WorkspaceOptions, SelectionOptions {}

export function compileCommand(cli: Cli): void {
  declare(cli, 'compile', {
    description: 'write the SQL of each model to .throughline/compiled, and say where',
    notes: 'Where one model alone is selected, its SQL is printed too, and nothing else on stdout.',
    examples: [
      ['compile', 'the SQL of every model'],
      ['compile --select sessions | less', 'the SQL of one model'],
    ],
    options: [configOption(), targetOption(), selectOption(), excludeOption(), stateOption(), outputOption()],
  }).action((options: CompileOptions) => cli.carryOut(options, async terminal => compile(options, terminal)))
}

interface Written {
  readonly model: CompiledModel
  readonly file: string
  readonly sql: string
}

function compile(options: CompileOptions, terminal: Terminal): ExitCode {
  const workspace = openWorkspaceAlone(options, terminal)
  const selected = new Set(selectNodes(workspace, options, terminal.effects.cwd))
  const folder = compiledFolder(workspace.config)
  // What is no longer in the project should not be read as if it were.
  if (options.select === undefined && options.exclude === undefined) rmSync(folder, { recursive: true, force: true })
  const written: Written[] = []
  for (const model of workspace.compiled.models.values()) {
    const sql = selected.has(model.name) ? compiledText(model) : undefined
    if (sql === undefined) continue
    const file = join(folder, model.layer, `${model.name}.sql`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, terminal.mask(sql))
    written.push({ model, file, sql })
  }
  tell(written, folder, terminal)
  return exitCodes.good
}

function tell(written: readonly Written[], folder: string, terminal: Terminal): void {
  const { cwd } = terminal.effects
  if (terminal.form === 'json') {
    for (const { model, file, sql } of written) terminal.emit({ type: 'compiled', name: model.name, file, sql })
    return
  }
  const [only, ...others] = written
  if (only !== undefined && others.length === 0) {
    terminal.notice(`wrote ${shortPath(only.file, cwd)}`)
    terminal.write(only.sql)
    return
  }
  terminal.print(`Wrote the SQL of ${countOf(written.length, 'model')} to ${shortPath(folder, cwd)}`)
}
