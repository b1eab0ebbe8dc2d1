import { readFileSync } from 'node:fs'
import type { Definition } from '../authoring/definition.ts'
import type { Explanation } from '../authoring/explanation.ts'
import type { Macro } from '../authoring/macro.ts'
import type { Model } from '../authoring/model.ts'
import type { Source, SourceTable } from '../authoring/source.ts'
import type { DataTest, UnitTest } from '../authoring/tests.ts'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import { filesOfLayers, type ProjectFile } from './layers.ts'
import { link, type ModuleExports } from './linker.ts'
import type { LoadedProject, Named, NamedModel, Project, ProjectNames } from './project.ts'
import type { StripTypes } from './strip-types.ts'
import { lineAndColumn, problemAt } from './text-file.ts'

type Kind = 'model' | 'source' | 'definition' | 'shape' | 'explanation' | 'unit-test' | 'data-test'

/** What may be declared in each folder of a project. */
const kindsOfFolder: Readonly<Record<string, readonly Kind[]>> = {
  models: ['model', 'definition', 'shape'],
  seeds: ['model'],
  sources: ['source'],
  explanations: ['explanation'],
  unit_tests: ['unit-test'],
  data_tests: ['data-test'],
}

/**
 * Reads and runs the files of a stack of layers and gathers what they declare. Every problem is found and returned, none thrown: what stands
 * in files without a problem is in `project`.
 */
export function loadProject(layers: readonly string[], engine: ModuleExports, strip: StripTypes): LoadedProject {
  const files = filesOfLayers(layers)
  const linked = link(files, engine, strip)
  const gathered = new Gatherer(linked.problems)
  for (const file of files) {
    const exports = linked.exports.get(file.path)
    if (exports) gathered.file(file, exports)
  }
  return gathered.finish(layers)
}

class Gatherer {
  private readonly problems: Problem[]
  private readonly models = new Map<string, NamedModel>()
  private readonly sources = new Map<string, Named<Source>>()
  private readonly definitions = new Map<string, Named<Definition>>()
  private readonly explanations = new Map<string, Named<Explanation>>()
  private readonly unitTests: Named<UnitTest>[] = []
  private readonly dataTests: Named<DataTest>[] = []
  private readonly macros = new Map<Macro, string>()
  /** Paths of what is declared, by kind and name. */
  private readonly places = new Map<string, string>()

  constructor(problems: readonly Problem[]) {
    this.problems = [...problems]
  }

  file(file: ProjectFile, exports: ModuleExports): void {
    const folder = file.path.split('/')[0]!
    if (folder === 'macros') return this.macrosOf(exports)
    const allowed = kindsOfFolder[folder]!
    const name = file.path.split('/').at(-1)!.slice(0, -3)
    const value = exports[name]
    const kind = kindOf(value)
    if (kind === undefined || !allowed.includes(kind)) {
      const others = Object.keys(exports).filter(other => allowed.includes(kindOf(exports[other]) as Kind))
      const word = allowed[0]!.replace('-', ' ')
      const suggestion = nearest(name, others) ?? others[0]
      return this.problem(file, suggestion ?? (kind === undefined ? undefined : name), {
        message: `exports no ${word} named '${name}'`,
        expected: `export const ${name} = ${allowed[0] === 'unit-test' ? 'unitTest' : allowed[0] === 'data-test' ? 'dataTest' : allowed[0]}({ … }), spelled as the file`,
        suggestion: suggestion === undefined ? undefined : `to name the file ${suggestion}.ts, or the export ${name}`,
      })
    }
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      const expected = 'lower-case letters, digits and _, starting with a letter: one spelling for all warehouses'
      return this.problem(file, name, { message: `'${name}' cannot be a name`, expected })
    }
    this.declare(file, name, kind, value)
  }

  private declare({ path, file }: ProjectFile, name: string, kind: Kind, value: unknown): void {
    if (kind === 'shape') return
    const named = { name, path, file }
    // A definition is known by its section.
    const key = kind === 'definition' ? (value as Definition).section : name
    const other = this.places.get(`${kind} ${key}`)
    if (other !== undefined) return this.twice(named, kind, key, other)
    this.places.set(`${kind} ${key}`, path)
    if (kind === 'model') this.declareModel({ path, file }, name, value as Model)
    if (kind === 'source') this.sources.set(name, { ...named, value: value as Source })
    if (kind === 'definition') this.definitions.set(key, { ...named, value: value as Definition })
    if (kind === 'explanation') this.explanations.set(name, { ...named, value: value as Explanation })
    if (kind === 'unit-test') this.unitTests.push({ ...named, value: value as UnitTest })
    if (kind === 'data-test') this.dataTests.push({ ...named, value: value as DataTest })
  }

  private twice({ name, path, file }: Omit<Named<unknown>, 'value'>, kind: Kind, key: string, other: string): void {
    if (kind === 'definition') {
      const message = `the section '${key}' of the config is defined twice: here and in ${other}`
      return this.problem({ path, file }, name, { message })
    }
    this.problem({ path, file }, name, {
      message: `two ${kind.replace('-', ' ')}s are named '${name}': ${other} and ${path}`,
      hint: 'names are unique in a project: rename one file and its export',
    })
  }

  private declareModel({ path, file }: ProjectFile, name: string, value: Model): void {
    const folders = path.split('/').slice(1, -1)
    const layer = path.startsWith('seeds/') ? 'seeds' : folders[0]
    if (layer === undefined) {
      const expected = `models/<layer>/${name}.ts: the folder is the schema of the table`
      return this.problem({ path, file }, name, { message: `the model '${name}' stands in no layer`, expected })
    }
    this.models.set(name, { name, path, file, layer, value })
    for (const column of Object.keys(value.columns)) {
      if (/^[a-z][a-z0-9_]*$/.test(column) && !column.startsWith('tl_')) continue
      const expected =
        'lower-case letters, digits and _, starting with a letter, and not with tl_, which is the engine’s'
      this.problem({ path, file }, column, {
        message: `the column '${column}' of '${name}' cannot be named so`,
        expected,
      })
    }
  }

  private macrosOf(exports: ModuleExports): void {
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value === 'function' && 'macro' in value) this.macros.set(value.macro as Macro, name)
    }
  }

  private problem(
    file: ProjectFile,
    word: string | undefined,
    rest: Omit<Problem, 'kind' | 'place' | 'excerpt'>,
  ): void {
    const text = readFileSync(file.file, 'utf8')
    const offset = word === undefined ? -1 : text.search(new RegExp(`\\b${word.replaceAll('$', '\\$')}\\b`))
    this.problems.push(problemAt(file.file, text, lineAndColumn(text, Math.max(0, offset)), rest))
  }

  finish(layers: readonly string[]): LoadedProject {
    const { models, sources, definitions, explanations, unitTests, dataTests, problems } = this
    const names = this.names()
    const macros = new Map([...this.macros].map(([value, name]) => [name, value]))
    const project: Project = { layers, models, sources, definitions, explanations, unitTests, dataTests, macros, names }
    return { project, problems }
  }

  private names(): ProjectNames {
    const models = new Map([...this.models.values()].map(({ value, name }) => [value, name]))
    const sources = new Map([...this.sources.values()].map(({ value, name }) => [value, name]))
    const tables = new Map<SourceTable, { source: string; table: string }>()
    for (const { value, name: source } of this.sources.values()) {
      for (const [table, declared] of Object.entries<SourceTable>(value.tables)) tables.set(declared, { source, table })
    }
    return {
      model: value => models.get(value),
      source: value => sources.get(value),
      sourceTable: value => tables.get(value),
      macro: value => this.macros.get(value),
    }
  }
}

function kindOf(value: unknown): Kind | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  return value.kind as Kind
}
