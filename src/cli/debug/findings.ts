import { existsSync, statSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { version } from '@duckdb/node-api'
import { describeLocation } from '../../authoring/location.ts'
import type { CompiledSourceTable } from '../../compile/compiled.ts'
import type { Target } from '../../config/targets.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import { packageVersion } from '../package-root.ts'
import { shortPath } from '../report/problem-text.ts'
import { countOf } from '../report/words.ts'
import { clockOf } from '../run-clock.ts'
import { openTarget } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import {
  type ConfiguredProject,
  compileAsOf,
  readProject,
  type Workspace,
  type WorkspaceOptions,
} from '../workspace.ts'
import { type Finding, failed, failedWith, off, ok } from './finding.ts'

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
  const database = await databaseFinding(config.target, cwd)
  yield database
  yield* sourceFindings(workspace, database.status === 'ok')
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

function describeTarget({ name, path, schema, publishTo }: Target, all: readonly string[], cwd: string): string {
  const others = all.filter(other => other !== name)
  return [
    `${name}: DuckDB, ${shortPath(path, cwd)}`,
    ...(schema === undefined ? [] : [`schemas begin with ${schema}_`]),
    ...(publishTo === undefined ? [] : [`readers get ${shortPath(publishTo, cwd)}`]),
    ...(others.length === 0 ? [] : [`other targets: ${others.join(', ')}`]),
  ].join('; ')
}

function modelCounts({ compiled }: Workspace): string {
  const { models, disabled } = compiled
  return `${countOf(models.size, 'model')}${disabled.size === 0 ? '' : `, ${disabled.size} not built`}`
}

/** Opening a file makes it, and locks it: a file that is not there is not opened. */
async function databaseFinding(target: Target, cwd: string): Promise<Finding> {
  const { path } = target
  if (path === ':memory:') return ok('database', 'in memory: nothing of it is left after a run')
  if (!existsSync(path)) return folderFinding(path, cwd)
  let warehouse: Warehouse | undefined
  try {
    await access(path, constants.W_OK)
    warehouse = await openTarget(target)
    return ok('database', `${shortPath(path, cwd)} can be written, and nobody else has it open`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return readOnly(path)
    return failed('database', error)
  } finally {
    await warehouse?.close()
  }
}

async function folderFinding(path: string, cwd: string): Promise<Finding> {
  const folder = nearestFolder(path)
  try {
    await access(folder, constants.W_OK)
    return ok('database', `${shortPath(path, cwd)} is not there yet; the first build makes it`)
  } catch {
    return readOnly(folder)
  }
}

function readOnly(path: string): Finding {
  const hint = 'give it the right to, or name another path in the target'
  return failedWith('database', [{ kind: 'warehouse', message: `${path} may not be written by this user`, hint }])
}

function nearestFolder(path: string): string {
  const folder = dirname(path)
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() || folder === path ? folder : nearestFolder(folder)
}

/** Each raw table, and the systems that are off. Files are read without the target's database, tables only in it. */
async function* sourceFindings(workspace: Workspace, canOpen: boolean): AsyncGenerator<Finding> {
  const { compiled, config, project } = workspace
  const tables = [...compiled.sourceTables.values()]
  const needsTarget = tables.some(({ location }) => location.table !== undefined)
  const warehouse = await openFor(config.target, needsTarget && canOpen && existsSync(config.target.path))
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
