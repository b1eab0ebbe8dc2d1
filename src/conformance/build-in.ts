import type { CompileInput } from '../compile/compile-input.ts'
import { compileProject } from '../compile/compile-project.ts'
import type { CompiledModel, CompiledProject, Naming } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { graphOf } from '../compile/graph-of.ts'
import { readPath, withScratchOf } from '../compile/naming.ts'
import { ProblemsError } from '../problems/problem.ts'
import { topologicalOrder } from '../project/graph.ts'
import type { RunEvent } from '../run/events.ts'
import type { RunResult } from '../run/result.ts'
import { runProject } from '../run/run-project.ts'
import type { Row, Session, Warehouse } from '../warehouse/warehouse.ts'
import { type Kit, type KitProject, kitClock } from './kit.ts'

export interface BuildSettings extends Pick<Kit, 'threads' | 'signal' | 'every'> {
  readonly runId: string
  readonly emit?: (event: RunEvent) => void
  /** Names of models and raw tables; everything where it is left out. */
  readonly selected?: ReadonlySet<string>
}

/** What builds take of the kit; what each node took is counted as it ends. */
export function settingsOf({ threads, signal, every, meter }: Kit): Omit<BuildSettings, 'runId'> {
  const emit = (event: RunEvent): void => {
    if (event.type === 'node_finished') meter.add(event.result.costs)
  }
  return { threads, signal, every, emit }
}

/** A project compiled for an engine. Throws all its problems. */
export function compiledFor(project: KitProject, dialect: Dialect, naming: Naming): CompiledProject {
  const { definitions, sources, exclude } = project
  const input: CompileInput = {
    project: project.project,
    definitions,
    sources,
    exclude,
    dialect,
    naming,
    startedAt: kitClock,
  }
  const { compiled, problems } = compileProject(input)
  if (problems.length > 0) throw new ProblemsError(problems)
  return compiled
}

/** Builds and tests in a warehouse as `throughline build` does. */
export function buildIn(
  warehouse: Warehouse,
  project: KitProject,
  naming: Naming,
  { runId, threads, signal, every, emit = () => undefined, selected }: BuildSettings,
): Promise<RunResult> {
  const own = warehouse.sharing === undefined ? naming : withScratchOf(runId, naming)
  const compiled = compiledFor(project, warehouse.dialect, own)
  return runProject({
    runId,
    command: 'build',
    startedAt: kitClock,
    owner: 'throughline conformance',
    every,
    target: 'conformance',
    compiled,
    naming: own,
    warehouse,
    selected: selected ?? new Set([...compiled.models.keys(), ...compiled.sourceTables.keys()]),
    dataTests: new Set(selected === undefined ? compiled.dataTests.map(({ name }) => name) : []),
    unitTests: [],
    threads,
    failFast: false,
    storeFailures: undefined,
    signal,
    emit,
  })
}

/** Models that have rows of their own, parents first. */
export function modelsWithRows(compiled: CompiledProject): readonly string[] {
  const { models } = compiled
  return topologicalOrder(graphOf(compiled)).filter(
    name => (models.get(name)?.materialization ?? 'inline') !== 'inline',
  )
}

/** All rows of a table: what the kit builds is small. */
export function rowsOf(
  session: Session,
  { identifier }: Pick<Dialect, 'identifier'>,
  { table, columns }: Pick<CompiledModel, 'table' | 'columns'>,
): Promise<readonly Row[]> {
  // By another name than the table's: BigQuery takes a column that is named as its table for the whole row.
  const names = Object.keys(columns).map(name => `tl_row.${identifier(name)}`)
  return session.query(`select ${names.join(', ')} from ${readPath(table)} as tl_row`)
}
