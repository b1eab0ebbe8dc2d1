import { version } from '@duckdb/node-api'
import { describeLocation } from '../../authoring/location.ts'
import type { CompiledProject, CompiledSourceTable, Naming, SchemaName } from '../../compile/compiled.ts'
import { distinctSchemas, schemaOf } from '../../compile/naming.ts'
import type { DuckDBTarget, Target } from '../../config/targets.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import { packageVersion } from '../package-root.ts'
import { shortPath } from '../report/problem-text.ts'
import { countOf } from '../report/words.ts'
import { clockOf } from '../run-clock.ts'
import { canBeOpened, openTarget, placeOf } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import {
  type ConfiguredProject,
  compileAsOf,
  readProject,
  type Workspace,
  type WorkspaceOptions,
} from '../workspace.ts'
import { bigqueryFindings } from './bigquery-findings.ts'
import { databaseFinding } from './database-finding.ts'
import { type Finding, failed, failedWith, off, ok } from './finding.ts'
import { snowflakeFindings } from './snowflake-findings.ts'

const oldestNode = 20

/** What a build would stand on, looked at piece by piece as far as one can get. */
export async function* findings(options: WorkspaceOptions, terminal: Terminal): AsyncGenerator<Finding> {
  yield nodeVersion()
  yield ok('engine', `Throughline ${packageVersion()}, DuckDB ${version()}`)
  const configured = read(options, terminal)
  if ('what' in configured) return yield configured
  const { config } = configured
  const { cwd } = terminal.effects
  yield ok('config', `${shortPath(config.file, cwd)}: project ${config.project}`)
  yield ok('target', describeTarget(config.target, config.targets, cwd))
  const { workspace, problems } = compileAsOf(clockOf(terminal.effects.now()), configured)
  yield problems.length > 0 ? failedWith('models', problems) : ok('models', modelCounts(workspace))
  let canOpen = true
  for await (const finding of warehouseFindings(workspace, cwd)) {
    if (finding.status === 'fail') canOpen = false
    yield finding
  }
  yield* sourceFindings(workspace, canOpen)
}

function nodeVersion(): Finding {
  const running = process.versions.node
  if (Number.parseInt(running, 10) >= oldestNode) return ok('node', `Node.js ${running}`)
  const message = `Node.js ${running} is too old`
  return failedWith('node', [{ kind: 'project', message, expected: `Node.js ${oldestNode} or newer` }])
}

function read(options: WorkspaceOptions, terminal: Terminal): ConfiguredProject | Finding {
  try {
    return readProject(options, terminal)
  } catch (error) {
    return failed('config', error)
  }
}

async function* warehouseFindings({ config, compiled, input }: Workspace, cwd: string): AsyncGenerator<Finding> {
  const { target } = config
  const schemas = schemasOf(compiled, input.naming)
  if (target.engine === 'duckdb') yield await databaseFinding(target, cwd)
  else if (target.engine === 'snowflake') yield* snowflakeFindings(target, schemas)
  else yield* bigqueryFindings(target, config, schemas)
}

function schemasOf({ models, sourceTables }: CompiledProject, { scratch, status }: Naming): readonly SchemaName[] {
  const built = [...models.values()].filter(({ materialization }) => materialization !== 'inline')
  const tables = [...sourceTables.values(), ...built].map(({ table }) => table)
  return distinctSchemas([...tables, scratch('x'), status].map(schemaOf))
}

function describeTarget(target: Target, all: readonly string[], cwd: string): string {
  const others = all.filter(other => other !== target.name)
  return [
    `${target.name}: ${target.engine === 'duckdb' ? `DuckDB, ${placeOf(target, cwd)}` : placeOf(target, cwd)}`,
    ...schemasOfTarget(target, cwd),
    ...(others.length === 0 ? [] : [`other targets: ${others.join(', ')}`]),
  ].join('; ')
}

function schemasOfTarget(target: Target, cwd: string): readonly string[] {
  if (target.engine === 'bigquery') return [`datasets begin with ${target.dataset}_`]
  return target.engine === 'snowflake' ? [`schemas begin with ${target.schema}_`] : ofFile(target, cwd)
}

function ofFile({ schema, publishTo }: DuckDBTarget, cwd: string): readonly string[] {
  return [
    ...(schema === undefined ? [] : [`schemas begin with ${schema}_`]),
    ...(publishTo === undefined ? [] : [`readers get ${shortPath(publishTo, cwd)}`]),
  ]
}

function modelCounts({ compiled }: Workspace): string {
  const { models, disabled } = compiled
  return `${countOf(models.size, 'model')}${disabled.size === 0 ? '' : `, ${disabled.size} not built`}`
}

/** Each raw table, and the systems that are off. Files are read without the target's database, tables only in it. */
async function* sourceFindings(workspace: Workspace, canOpen: boolean): AsyncGenerator<Finding> {
  const { compiled, config, project } = workspace
  const tables = [...compiled.sourceTables.values()]
  const needsTarget = tables.some(({ location }) => location.table !== undefined)
  const warehouse = await openFor(config.target, needsTarget && canOpen && canBeOpened(config.target))
  try {
    for (const table of tables) yield await sourceFinding(warehouse, table, needsTarget && !canOpen)
  } finally {
    await warehouse.close()
  }
  for (const name of project.sources.keys()) {
    if (config.sources[name] === undefined) yield off(`source ${name}`, 'off: it is not in the config')
  }
}

function openFor(target: Target, isNeeded: boolean): Promise<Warehouse> {
  return isNeeded ? openTarget(target) : DuckDBWarehouse.open({ path: ':memory:' })
}

async function sourceFinding(warehouse: Warehouse, table: CompiledSourceTable, isClosed: boolean): Promise<Finding> {
  const what = `source ${table.name}`
  const { location } = table
  if (location.table !== undefined && isClosed) return off(what, `${location.table} cannot be looked at`)
  const session = await warehouse.connect()
  try {
    await warehouse.checkSource(session, table)
    if (location.notLoaded) return off(what, 'read as empty: the config is without it')
    return ok(what, `${describeLocation(location)} is there, with the columns that the models read`)
  } catch (error) {
    return failed(what, error)
  } finally {
    session.close()
  }
}
