import { resolve } from 'node:path'
import type { CompileInput } from '../compile/compile-input.ts'
import { compileProject } from '../compile/compile-project.ts'
import type { CompiledProject, CompiledSourceTable, Naming } from '../compile/compiled.ts'
import { duckdb } from '../compile/dialect/duckdb.ts'
import { naming, withScratchOf } from '../compile/naming.ts'
import { type Config, type ConfigInput, loadConfig } from '../config/load-config.ts'
import { secretsOf } from '../config/secrets.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import type { Project } from '../project/project.ts'
import { readConfigText } from './config-file.ts'
import { lenientSchemasOf, loadProjectOf, schemasOf } from './project-files.ts'
import { clockOf } from './run-clock.ts'
import { dialectOf, namingOf, secretsOfTarget } from './target.ts'
import { targetProblems } from './target-in-project.ts'
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

/** The same for a command that opens no target: variables of what it signs in with need not be set. */
export function openWorkspaceAlone(options: WorkspaceOptions, terminal: Terminal): Workspace {
  return workspaceAsOf(clockOf(terminal.effects.now()), readProjectAlone(options, terminal))
}

/** The project compiled for a run with this clock. Throws all problems. */
export function workspaceAsOf(startedAt: string, configured: ConfiguredProject): Workspace {
  const { workspace, problems } = compileAsOf(startedAt, configured)
  if (problems.length > 0) throw new ProblemsError(problems)
  return workspace
}

/** Reads config and files. Throws where the config has problems, with those of the files: nothing can be compiled then. */
export function readProject(options: WorkspaceOptions, terminal: Terminal): ConfiguredProject {
  return read(options, terminal, {})
}

/** The same for a command that opens no target. */
export function readProjectAlone(options: WorkspaceOptions, terminal: Terminal): ConfiguredProject {
  return read(options, terminal, { isNotOpened: true })
}

function read(options: WorkspaceOptions, terminal: Terminal, use: Pick<ConfigInput, 'isNotOpened'>): ConfiguredProject {
  const { file, folder, text } = readConfigText(options.config, terminal.effects.cwd)
  const { project, problems } = loadProjectOf(folder, terminal.effects.stock)
  const schemas = problems.length === 0 ? schemasOf(project) : lenientSchemasOf(project)
  const config = withProblems(problems, () =>
    loadConfig({ file, text, env: terminal.effects.env, ...schemas, target: options.target, ...use }),
  )
  terminal.hide(config.secrets)
  terminal.hide(secretsOf(secretsOfTarget(config.target, terminal.effects.env)))
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
  return { workspace, problems: [...ofFiles, ...targetProblems(config, project, compiled), ...problems] }
}

/** The same with tables of scratch that no other run has: one that has stopped and goes on later fills none of them. */
export function withOwnScratch(
  { config, input }: Workspace,
  runId: string,
): { readonly naming: Naming; readonly compiled: CompiledProject } {
  const naming = withScratchOf(runId, input.naming)
  const { compiled } = compileProject({ ...input, naming })
  return { naming, compiled: locatedFrom(config.folder, compiled) }
}

/** The project as DuckDB would build it, in schemas without a prefix: what needs no warehouse (lineage) is told on it. Models for the target's engine alone are in it. */
export function onDuckDB({ input, compiled }: Workspace): Pick<Workspace, 'input' | 'compiled'> {
  if (input.dialect.engine === 'duckdb') return { input, compiled }
  const local: CompileInput = { ...input, builtOn: input.dialect.engine, dialect: duckdb, naming: naming(undefined) }
  return { input: local, compiled: compileProject(local).compiled }
}

/** The same with the models for whatever engine alone, to check them all; `problems` are those of compiling it so. */
export function everyModelOnDuckDB(workspace: Workspace): Pick<Workspace, 'input' | 'compiled'> & {
  readonly problems: readonly Problem[]
} {
  const isForOne = [...workspace.project.models.values()].some(({ value }) => value.engine !== undefined)
  const { input, compiled } = workspace
  if (!isForOne && input.dialect.engine === 'duckdb') return { input, compiled, problems: [] }
  const local: CompileInput = { ...input, builtOn: 'any', dialect: duckdb, naming: naming(undefined) }
  return { input: local, ...compileProject(local) }
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
