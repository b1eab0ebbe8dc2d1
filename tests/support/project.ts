import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Definition } from '../../src/authoring/definition.ts'
import type { Source } from '../../src/authoring/source.ts'
import type { CompileInput } from '../../src/compile/compile-input.ts'
import { compileProject } from '../../src/compile/compile-project.ts'
import type { CompiledProject } from '../../src/compile/compiled.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { naming } from '../../src/compile/naming.ts'
import * as engine from '../../src/index.ts'
import type { Problem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import type { Named, Project } from '../../src/project/project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { afterFile } from './after-file.ts'

/** What stands in files, by path within the project: `{ 'models/shop/orders.ts': 'import …' }`. */
export type Files = Readonly<Record<string, string>>

export interface ProjectOptions extends Partial<Pick<CompileInput, 'dialect' | 'exclude' | 'startedAt' | 'builtOn'>> {
  /** Settings of the sources that are on, as a user writes them in the config: `{ clickstream: { file: 'events.csv' } }`. */
  readonly sources?: Readonly<Record<string, unknown>>
  /** Sections of the config, as a user writes them. A section left out has the default of its schema. */
  readonly definitions?: Readonly<Record<string, unknown>>
  /** The target's prefix of schemas. */
  readonly prefix?: string
  /** A second layer, under the first. */
  readonly stock?: Files
}

export interface TestProject {
  /** The folder in which the files stand; removed when the tests of the file are done. */
  readonly folder: string
  readonly project: Project
  readonly compiled: CompiledProject
  /** Those of loading, then those of compiling. */
  readonly problems: readonly Problem[]
  /** What was compiled from, to compile again with something changed. */
  readonly input: CompileInput
}

/** A folder with these files, removed when the tests of the file are done. */
export function folderOf(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-')))
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return folder
}

/**
 * A project written to a temporary folder, loaded and compiled for DuckDB as a run would:
 * `projectOf({ 'models/shop/orders.ts': "import { model, … } from 'throughline' …" })`.
 * Problems are returned, not thrown; say `expect(problems).toEqual([])` where there should be none.
 */
export function projectOf(files: Files, options: ProjectOptions = {}): TestProject {
  const folder = folderOf(files)
  const layers = options.stock === undefined ? [folder] : [folder, folderOf(options.stock)]
  const loaded = loadProject(layers, engine, new StrippedCache(undefined).strip)
  const input: CompileInput = {
    project: loaded.project,
    dialect: options.dialect ?? duckdb,
    naming: naming(options.prefix),
    definitions: definitionsOf(loaded.project, options.definitions ?? {}),
    sources: settingsOf(loaded.project, options.sources ?? {}),
    exclude: options.exclude ?? [],
    startedAt: options.startedAt ?? '2026-06-01 12:00:00',
    ...(options.builtOn === undefined ? {} : { builtOn: options.builtOn }),
  }
  const { compiled, problems } = compileProject(input)
  return { folder, project: loaded.project, compiled, problems: [...loaded.problems, ...problems], input }
}

function definitionsOf(project: Project, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { value } of project.definitions.values() as Iterable<Named<Definition>>) {
    values[value.section] = value.schema.parse(given[value.section])
  }
  return values
}

function settingsOf(project: Project, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [name, settings] of Object.entries(given)) {
    const source: Named<Source> | undefined = project.sources.get(name)
    if (source === undefined) throw new Error(`the test's project has no source '${name}'`)
    values[name] = source.value.settings.parse(settings)
  }
  return values
}
