import { Option } from 'commander'
import { readyParser } from '../../compile/portable/parse.ts'
import { nearest } from '../../problems/nearest.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { ColumnGraph } from '../lineage/column-graph.ts'
import { upstreamLines, upstreamSteps } from '../lineage/upstream.ts'
import { namedModel } from '../named-model.ts'
import { type CommonOptions, configOption, outputOption, targetOption } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { onDuckDB, openWorkspaceAlone, type WorkspaceOptions } from '../workspace.ts'

interface LineageOptions extends CommonOptions, WorkspaceOptions {
  readonly column?: string
}

export function lineageCommand(cli: Cli): void {
  declare(cli, 'lineage', {
    description: "show the columns that a model's columns are computed from, step by step up to the raw tables",
    notes:
      'A column is computed from those in the expression that makes it. Joins and filters choose rows, and are not shown.',
    examples: [
      ['lineage sessions --column channel', 'where the channel of a session comes from'],
      ['lineage sessions --output json', 'all columns: each line is one column and those it comes from'],
    ],
    options: [new Option('--column <name>', 'this column alone'), configOption(), targetOption(), outputOption()],
  })
    .argument('<model>', 'a model')
    .action((name: string, options: LineageOptions) =>
      cli.carryOut(options, terminal => lineage(name, options, terminal)),
    )
}

async function lineage(name: string, options: LineageOptions, terminal: Terminal): Promise<ExitCode> {
  const { compiled } = onDuckDB(openWorkspaceAlone(options, terminal))
  const model = namedModel(compiled, name)
  const columns = Object.keys(model.columns)
  const { column } = options
  if (column !== undefined && !columns.includes(column)) {
    const message = `'${name}' has no column '${column}'`
    throw new ProblemsError([{ kind: 'project', message, suggestion: nearest(column, columns) }])
  }
  await readyParser()
  const graph = new ColumnGraph(compiled)
  const asked = column === undefined ? columns : [column]
  const starts = asked.map(each => graph.columnOf(model, each))
  if (terminal.form === 'json') {
    for (const { of, from } of upstreamSteps(graph, starts)) terminal.emit({ type: 'column', ...of, from })
  } else {
    for (const line of upstreamLines(graph, starts, terminal.colors)) terminal.print(line)
  }
  return exitCodes.good
}
