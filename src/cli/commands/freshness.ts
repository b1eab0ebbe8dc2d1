import { writeArtifact } from '../../artifacts/artifact-file.ts'
import { type SourceFreshness, sourcesOf } from '../../artifacts/source-freshness.ts'
import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { judgeFreshness } from '../../quality/freshness.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import { judgedBy } from '../../warehouse/freshness.ts'
import { type Session, type Warehouse, WarehouseError } from '../../warehouse/warehouse.ts'
import { type Cli, declare } from '../cli.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { artifactFolder } from '../folders.ts'
import {
  type CommonOptions,
  configOption,
  excludeOption,
  outputOption,
  selectOption,
  targetOption,
} from '../options.ts'
import { freshnessTable } from '../report/freshness-table.ts'
import { listed } from '../report/words.ts'
import { runIdOf } from '../run-clock.ts'
import { type SelectionOptions, selectNodes } from '../selection.ts'
import { canBeOpened, openTargetToRead } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { contextOf } from '../work/artifacts.ts'
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../workspace.ts'

interface FreshnessOptions extends CommonOptions, WorkspaceOptions, SelectionOptions {}

export function freshnessCommand(cli: Cli): void {
  declare(cli, 'freshness', {
    description: 'say how old the newest row of each raw table is, against the limits in the config',
    notes:
      'Reads the raw data where it stands, and lands nothing. Exits with 1 where a table is older than its error_after, with 2 where one cannot be read; a warning is no failure.',
    examples: [
      ['freshness', 'every raw table that says when its rows came in, or what they tell of happened'],
      ['freshness --select source:hubspot', 'those of one system'],
    ],
    options: [configOption(), targetOption(), selectOption(), excludeOption(), outputOption()],
  }).action((options: FreshnessOptions) => cli.carryOut(options, terminal => freshness(options, terminal)))
}

async function freshness(options: FreshnessOptions, terminal: Terminal): Promise<ExitCode> {
  const workspace = openWorkspace(options, terminal)
  const selected = new Set(selectNodes(workspace, options, terminal.effects.cwd))
  const read = [...workspace.compiled.sourceTables.values()]
    .filter(({ name, location }) => selected.has(name) && !location.notLoaded)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const tables = read.filter(table => judgedBy(table) !== undefined)
  const silent = read.filter(table => judgedBy(table) === undefined).map(({ name }) => name)
  const found = await lookAt(tables, workspace, terminal)
  if (terminal.form === 'json') for (const each of found) terminal.emit({ type: 'freshness', ...each })
  else if (found.length > 0) for (const line of freshnessTable(found, terminal.colors)) terminal.print(line)
  else terminal.notice('no raw table here says when its rows came in, or happened: there is nothing to judge')
  if (terminal.form === 'text' && found.length > 0) {
    const byEvents = found.filter(({ tells }) => tells === 'happened').map(({ name }) => name)
    if (byEvents.length > 0)
      terminal.print(`Of the latest event, not of the loading, which no column tells: ${listed(byEvents)}`)
    if (silent.length > 0) terminal.print(`Not judged, as no column says when their rows came in: ${listed(silent)}`)
  }
  const file = writeSources(found, workspace, terminal)
  if (terminal.form === 'json') terminal.emit({ type: 'artifacts_written', sources: file })
  return exitCodeOf(found)
}

async function lookAt(
  tables: readonly CompiledSourceTable[],
  { config, input }: Workspace,
  { effects }: Terminal,
): Promise<readonly SourceFreshness[]> {
  const readsTarget = tables.some(({ location }) => location.table !== undefined) && canBeOpened(config.target)
  const warehouse = readsTarget
    ? await openTargetToRead(config.target)
    : await DuckDBWarehouse.open({ path: ':memory:' })
  try {
    const session = await warehouse.connect()
    try {
      const found: SourceFreshness[] = []
      for (const table of tables) {
        const beganAt = effects.now().toISOString()
        const judged = await judge(table, input.startedAt, warehouse, session)
        const { name, freshness: limits } = table
        const { tells } = judgedBy(table)!
        found.push({ name, tells, limits, ...judged, beganAt, endedAt: effects.now().toISOString() })
      }
      return found
    } finally {
      session.close()
    }
  } finally {
    await warehouse.close()
  }
}

async function judge(table: CompiledSourceTable, startedAt: string, warehouse: Warehouse, session: Session) {
  try {
    const { latestAt } = await warehouse.freshness(session, table, startedAt)
    return { latestAt, ...judgeFreshness(latestAt, table.freshness, startedAt) }
  } catch (error) {
    if (error instanceof ProblemsError || error instanceof WarehouseError)
      return { status: 'runtime error', message: error.message } as const
    throw error
  }
}

function writeSources(tables: readonly SourceFreshness[], workspace: Workspace, terminal: Terminal): string {
  const { effects, mask } = terminal
  const now = effects.now()
  const sources = sourcesOf({
    ...contextOf(workspace),
    tables,
    runId: runIdOf(now, effects.newToken()),
    startedAt: workspace.input.startedAt,
    generatedAt: now.toISOString(),
  })
  return writeArtifact(artifactFolder(workspace.config), 'sources.json', sources, mask)
}

function exitCodeOf(tables: readonly SourceFreshness[]): ExitCode {
  if (tables.some(({ status }) => status === 'runtime error')) return exitCodes.notCarriedOut
  return tables.some(({ status }) => status === 'error') ? exitCodes.failed : exitCodes.good
}
