import type { Columns } from '../../authoring/column.ts'
import type { TableName } from '../../compile/compiled.ts'
import { readPath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { DescribedColumn, Row } from '../../warehouse/warehouse.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { namedModel } from '../named-model.ts'
import { notBuilt } from '../not-built.ts'
import { type CommonOptions, configOption, limitOption, outputOption, targetOption } from '../options.ts'
import { rowTable } from '../report/cells.ts'
import { canBeOpened, openTarget } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../workspace.ts'

interface ShowOptions extends CommonOptions, WorkspaceOptions {
  readonly limit: number
}

export function showCommand(cli: Cli): void {
  declare(cli, 'show', {
    description: "print the first rows of a model's table, in order of its grain",
    notes:
      'A raw table may be named too (clickstream.events): its rows come in the order of the file. So may whatever else stands in the target, as schema.table: rows that failed a test, rows set aside, about.table_status.',
    examples: [
      ['show sessions', 'ten sessions'],
      ['show sessions --limit 100 --output json', 'a hundred, for another program'],
    ],
    options: [limitOption(), configOption(), targetOption(), outputOption()],
  })
    .argument('<model>', 'a model, a raw table, or any table as schema.table')
    .action((name: string, options: ShowOptions) => cli.carryOut(options, terminal => show(name, options, terminal)))
}

async function show(name: string, options: ShowOptions, terminal: Terminal): Promise<ExitCode> {
  const workspace = openWorkspace(options, terminal)
  const shown = tableOf(workspace, name)
  const { columns, rows } = await firstRows(workspace, name, shown, options.limit)
  const decimals = new Set(columns.filter(column => shown.columns?.[column]?.typeName === 'number'))
  if (terminal.form === 'json') {
    for (const row of rows) terminal.emit({ type: 'row', row })
    return exitCodes.good
  }
  const { stdout } = terminal.effects
  const width = stdout.isTerminal ? (stdout.columns ?? 80) : undefined
  for (const line of rowTable(columns, rows, width, decimals)) terminal.print(line)
  if (rows.length === 0) terminal.notice(`${name} has no rows`)
  return exitCodes.good
}

interface ShownTable {
  readonly table: TableName
  /** Those of its contract; undefined for a table that the project does not declare. */
  readonly columns: Columns | undefined
  readonly order: readonly string[]
}

function tableOf({ compiled, input }: Workspace, name: string): ShownTable {
  const { status } = input.naming
  if (name === status.name) return { table: status, columns: undefined, order: ['table_name'] }
  const source = compiled.sourceTables.get(name)
  if (source !== undefined) return { table: source.table, columns: source.columns, order: ['tl_row_number'] }
  const other = /^(\w+)\.(\w+)$/.exec(name)
  const isModel = compiled.models.has(name.slice(name.lastIndexOf('.') + 1))
  if (other !== null && !isModel)
    return { table: { ...status, schema: other[1]!, name: other[2]! }, columns: undefined, order: [] }
  const model = namedModel(compiled, name)
  if (model.materialization === 'inline') {
    const message = `'${name}' is inline: it has no table of its own, and stands in the queries of those that read it`
    const hint = `throughline compile --select ${name} prints its SQL`
    throw new ProblemsError([{ kind: 'project', message, hint }])
  }
  return { table: model.table, columns: model.columns, order: model.model.value.grain }
}

/** Lists, records and JSON have no order on every engine. */
function isOrderly({ type }: DescribedColumn): boolean {
  return type !== undefined && !['list', 'record', 'json'].includes(type.kind)
}

interface FirstRows {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

async function firstRows(
  { config, input, compiled }: Workspace,
  name: string,
  shown: ShownTable,
  limit: number,
): Promise<FirstRows> {
  const { target } = config
  const refuse = (): never => {
    // No such table, so a model was meant.
    if (shown.columns === undefined) namedModel(compiled, name)
    throw notBuilt(name, target)
  }
  // Opening a file that is not there would make one.
  if (!canBeOpened(target)) refuse()
  const warehouse = await openTarget(target)
  try {
    const session = await warehouse.connect()
    try {
      const from = readPath(shown.table)
      if ((await warehouse.standing(session, shown.table)) === undefined) return refuse()
      // The table may be of an earlier contract.
      const described = await session.describe(`select * from ${from}`)
      const there = new Set(described.map(column => column.name))
      const columns =
        shown.columns === undefined ? [...there] : Object.keys(shown.columns).filter(column => there.has(column))
      const listed = (names: readonly string[]) => names.map(column => input.dialect.identifier(column)).join(', ')
      const known = shown.order.filter(column => there.has(column))
      const order = listed(known.length > 0 ? known : described.filter(isOrderly).map(({ name }) => name))
      const ordered = order === '' ? '' : ` order by ${order}`
      const rows = await session.query(`select ${listed(columns)} from ${from}${ordered} limit ${limit}`)
      return { columns, rows }
    } finally {
      session.close()
    }
  } finally {
    await warehouse.close()
  }
}
