import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import {
  type CommonOptions,
  configOption,
  excludeOption,
  outputOption,
  selectOption,
  stateOption,
  targetOption,
} from '../options.ts'
import { alignedLines } from '../report/text-table.ts'
import { type SelectionOptions, selectNodes } from '../selection.ts'
import type { Terminal } from '../terminal.ts'
import { openWorkspaceAlone, type Workspace, type WorkspaceOptions } from '../workspace.ts'

interface LsOptions extends CommonOptions, WorkspaceOptions, SelectionOptions {}

export function lsCommand(cli: Cli): void {
  declare(cli, 'ls', {
    description: 'list raw tables and models, each after what it reads',
    examples: [
      ['ls', 'everything; below it, what is not built, and why'],
      ['ls --select +sessions', 'what a build with this selection would work on'],
    ],
    options: [configOption(), targetOption(), selectOption(), excludeOption(), stateOption(), outputOption()],
  }).action((options: LsOptions) => cli.carryOut(options, async terminal => ls(options, terminal)))
}

interface Listed {
  readonly type: 'source' | 'model'
  readonly name: string
  readonly layer: string | undefined
  readonly materialization: string | undefined
  readonly description: string
  readonly path: string
}

function ls(options: LsOptions, terminal: Terminal): ExitCode {
  const workspace = openWorkspaceAlone(options, terminal)
  const nodes = selectNodes(workspace, options, terminal.effects.cwd).map(name => listed(workspace, name))
  const isAll = options.select === undefined && options.exclude === undefined
  const off = isAll ? [...workspace.compiled.disabled] : []
  if (terminal.form === 'json') {
    for (const node of nodes) terminal.emit({ ...node })
    for (const [name, because] of off) terminal.emit({ type: 'disabled', name, because })
    return exitCodes.good
  }
  const rows = nodes.map(({ name, layer, materialization }) => [name, layer ?? '', materialization ?? 'raw table'])
  for (const line of alignedLines(rows)) terminal.print(line)
  if (off.length > 0) {
    terminal.print('\nNot built:')
    for (const line of alignedLines(off)) terminal.print(terminal.colors.dim(line))
  }
  return exitCodes.good
}

function listed({ compiled }: Workspace, name: string): Listed {
  const model = compiled.models.get(name)
  if (model !== undefined) {
    const { layer, materialization, model: named } = model
    const { description } = named.value
    return { type: 'model', name, layer, materialization, description, path: named.path }
  }
  const { description, path } = compiled.sourceTables.get(name)!
  return { type: 'source', name, layer: undefined, materialization: undefined, description, path }
}
