import { resolve } from 'node:path'
import { type CompileInput, compileProject } from '../compile/compile-project.ts'
import type { CompiledProject, CompiledSourceTable } from '../compile/compiled.ts'
import { duckdb } from '../compile/dialect/duckdb.ts'
import { naming, ownSchemas } from '../compile/naming.ts'
import { type Config, loadConfig } from '../config/load-config.ts'
import { nearest } from '../problems/nearest.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import type { Project } from '../project/project.ts'
import { readConfigText } from './config-file.ts'
import { lenientSchemasOf, loadProjectOf, schemasOf } from './project-files.ts'
import { clockOf } from './run-clock.ts'
import { dialectOf, namingOf } from './target.ts'
import type { Terminal } from './terminal.ts'

export interface WorkspaceOptions {
  readonly config?: string | undefined
  readonly target?: string | undefined
}

/** What a command works on: the project, compiled for one target. */
export interface Workspace {
  readonly config: Config
  readonly project: Project
  readonly input: CompileInput
  readonly compiled: CompiledProject
}

/** A project and what its config says, before anything is compiled. */
export interface ConfiguredProject {
  readonly config: Config
  readonly project: Project
  /** Of the project's files. */
  readonly problems: readonly Problem[]
}

/** Opens the workspace as of now; throws all problems of its files, its config and its compilation at once. */
export function openWorkspace(options: WorkspaceOptions, terminal: Terminal): Workspace {
  return workspaceAsOf(clockOf(terminal.effects.now()), readProject(options, terminal))
}

/** The project compiled for a run with this clock. Throws all problems. */
export function workspaceAsOf(startedAt: string, configured: ConfiguredProject): Workspace {
  const { workspace, problems } = compileAsOf(startedAt, configured)
  if (problems.length > 0) throw new ProblemsError(problems)
  return workspace
}

/** Reads config and files. Throws where the config has problems, with those of the files: nothing can be compiled then. */
export function readProject(options: WorkspaceOptions, terminal: Terminal): ConfiguredProject {
  const { file, folder, text } = readConfigText(options.config, terminal.effects.cwd)
  const { project, problems } = loadProjectOf(folder, terminal.effects.stock)
  const schemas = problems.length === 0 ? schemasOf(project) : lenientSchemasOf(project)
  const config = withProblems(problems, () =>
    loadConfig({ file, text, env: terminal.effects.env, ...schemas, target: options.target }),
  )
  terminal.hide(config.secrets)
  return { config, project, problems }
}

/** Compiles what can be compiled, and says what is wrong with the rest. */
export function compileAsOf(
  startedAt: string,
  { config, project, problems: ofFiles }: ConfiguredProject,
): { readonly workspace: Workspace; readonly problems: readonly Problem[] } {
  const input: CompileInput = {
    project,
    dialect: dialectOf(config.target),
    naming: namingOf(config.target),
    definitions: config.definitions,
    sources: config.sources,
    exclude: config.exclude,
    startedAt,
    inConfig: config.problem,
  }
  const { compiled, problems } = compileProject(input)
  const workspace = { config, project, input, compiled: locatedFrom(config.folder, compiled) }
  return { workspace, problems: [...ofFiles, ...datasetProblems(config, project), ...problems] }
}

/** Datasets that are named for what is no layer. */
function datasetProblems({ target, problem }: Config, { models }: Project): readonly Problem[] {
  if (target.engine !== 'bigquery') return []
  const layers = [...new Set([...[...models.values()].map(({ layer }) => layer), ...ownSchemas])]
  const unknown = Object.keys(target.datasets).filter(layer => !layers.includes(layer))
  return unknown.map(layer =>
    problem(['targets', target.name, 'datasets', layer], {
      message: `targets.${target.name}.datasets: there is no layer ${layer}`,
      expected: layers.join(', '),
      suggestion: nearest(layer, layers),
    }),
  )
}

/** The project as DuckDB would build it, in schemas without a prefix: what needs no warehouse (checking, lineage) is told on it. */
export function onDuckDB({ input, compiled }: Workspace): Pick<Workspace, 'input' | 'compiled'> {
  if (input.dialect.engine === 'duckdb') return { input, compiled }
  const local: CompileInput = { ...input, dialect: duckdb, naming: naming(undefined) }
  return { input: local, compiled: compileProject(local).compiled }
}

/** Files of raw tables are named from the config's folder, wherever the command is typed. */
function locatedFrom(folder: string, compiled: CompiledProject): CompiledProject {
  const located = [...compiled.sourceTables].map(([name, table]) => [name, locatedIn(folder, table)] as const)
  return { ...compiled, sourceTables: new Map(located) }
}

/** A raw table with an absolute path to its files, which the config names from its own folder. */
export function locatedIn(folder: string, table: CompiledSourceTable): CompiledSourceTable {
  const { location } = table
  if (location.file !== undefined) return { ...table, location: { ...location, file: resolve(folder, location.file) } }
  if (location.folder !== undefined)
    return { ...table, location: { ...location, folder: resolve(folder, location.folder) } }
  return table
}

/** Adds what was found before to what `work` throws. */
function withProblems<T>(before: readonly Problem[], work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    throw new ProblemsError([...before, ...error.problems], { cause: error })
  }
}
