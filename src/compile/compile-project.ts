import type { Columns } from '../authoring/column.ts'
import { type Engine, engineWord } from '../authoring/macro.ts'
import type { Given, Model, Uses } from '../authoring/model.ts'
import type { Relation, Rows, WorkTable } from '../authoring/relation.ts'
import type { Source, SourceTable } from '../authoring/source.ts'
import { instant, type Sql } from '../authoring/sql.ts'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import type { NamedModel } from '../project/project.ts'
import { compileExplanation } from './compile-explanation.ts'
import { compileFixpoint, workTableOf } from './compile-fixpoint.ts'
import type { CompileInput } from './compile-input.ts'
import { compileSourceTables } from './compile-source-tables.ts'
import { compileTests, withDistinctTestNames } from './compile-tests.ts'
import type {
  CompiledDataTest,
  CompiledExplanation,
  CompiledFixpoint,
  CompiledModel,
  CompiledProject,
  CompiledSourceTable,
  Query,
  ReadingQuery,
  TableName,
} from './compiled.ts'
import { everyRowOf } from './every-row.ts'
import { excludeProblems } from './exclude-problems.ts'
import { readPath, tablePath } from './naming.ts'
import { contractQuery, inlineName, uncastQuery } from './query-text.ts'
import { referenceProblems } from './reference-problems.ts'
import { render } from './render.ts'
import { seedFileOf } from './seed-file.ts'
import { problemInFile, problemsOfThrown } from './thrown-problem.ts'
import { unionText } from './union-text.ts'

/** Renders every enabled model, in whatever order they read each other. Returns all problems besides what compiled. */
export function compileProject(input: CompileInput): {
  readonly compiled: CompiledProject
  readonly problems: readonly Problem[]
} {
  return new ProjectCompiler(input).compile()
}

const nothingElse = { dataTests: [], explanations: new Map(), disabledExplanations: new Map() } as const

/** Thrown within a rendering where what it reads is not built. */
class Disabled extends Error {}

interface Reads {
  readonly models: Set<string>
  readonly sourceTables: Set<string>
}

class ProjectCompiler {
  private readonly done = new Map<string, CompiledModel | 'failed'>()
  private readonly disabled = new Map<string, string>()
  private readonly problems: Problem[] = []
  private readonly path: string[] = []
  private readonly sourceTables: ReadonlyMap<string, CompiledSourceTable>

  constructor(private readonly input: CompileInput) {
    this.sourceTables = this.compiledSourceTables()
  }

  compile(): { compiled: CompiledProject; problems: readonly Problem[] } {
    for (const name of this.input.alone ?? this.input.project.models.keys()) this.model(name)
    const compiled = [...this.done.values()].filter(model => model !== 'failed')
    const inOrder = withDistinctTestNames(compiled.sort((a, b) => (a.name < b.name ? -1 : 1)))
    const models = new Map(inOrder.map(model => [model.name, model]))
    const { disabled, sourceTables } = this
    if (this.input.alone !== undefined)
      return { compiled: { models, disabled, sourceTables, ...nothingElse }, problems: this.problems }
    const dataTests = this.dataTests()
    const explanations = this.explanations()
    const problems = [...excludeProblems(this.input), ...this.problems, ...referenceProblems(models)]
    return { compiled: { models, disabled, sourceTables, dataTests, ...explanations }, problems }
  }

  private compiledSourceTables(): ReadonlyMap<string, CompiledSourceTable> {
    try {
      return compileSourceTables(this.input)
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error
      this.problems.push(...error.problems)
      return new Map()
    }
  }

  /** The compiled model, or undefined where it is disabled or failed (and is recorded so). */
  private model(name: string): CompiledModel | undefined {
    const known = this.done.get(name)
    if (known !== undefined) return known === 'failed' ? undefined : known
    if (this.disabled.has(name)) return undefined
    const named = this.input.project.models.get(name)!
    const at = this.path.indexOf(name)
    if (at >= 0) throw this.circle([...this.path.slice(at), name])
    if (this.input.exclude.some(pattern => pattern === name || pattern === named.path)) {
      this.disabled.set(name, 'the config excludes it')
      return undefined
    }
    const { engine } = named.value
    const { builtOn = this.input.dialect.engine } = this.input
    if (engine !== undefined && builtOn !== 'any' && builtOn !== engine) {
      this.disabled.set(name, `it is written for ${engineWord[engine]} alone`)
      return undefined
    }
    this.path.push(name)
    try {
      const compiled = this.compileModel(named)
      this.done.set(name, compiled)
      return compiled
    } catch (error) {
      if (error instanceof Disabled) {
        this.disabled.set(name, error.message)
        return undefined
      }
      this.done.set(name, 'failed')
      this.problems.push(...problemsOfThrown(error, named, this.input.inConfig))
      return undefined
    } finally {
      this.path.pop()
    }
  }

  private circle(names: readonly string[]): ProblemsError {
    const first = this.input.project.models.get(names[0]!)!
    const message = `models read each other in a circle: ${names.join(' -> ')}`
    const hint = 'a model may not read what reads it; move what both need into a third model'
    return new ProblemsError([problemInFile(first, message, hint)])
  }

  private compileModel(named: NamedModel): CompiledModel {
    const { value: model, name, layer } = named
    const reads: Reads = { models: new Set(), sourceTables: new Set() }
    const given = this.given(model)
    const { build } = model
    const base = { name, layer, model: named, columns: model.columns, table: this.tableOf(named) }
    const authored =
      build.kind === 'seed' ? undefined : this.render(build.query(given), reads, this.workTables(name), model.engine)
    const fixpoint = this.fixpoint(named, given, reads)
    const inlines = this.inlinesOf(reads.models)
    const readsSourceTables = [...reads.sourceTables].sort()
    const tests = compileTests(named, {
      owner: column => this.input.project.names.model(column),
      render: (sql, self) => this.renderTest(sql, self, reads, model.engine),
      dialect: this.input.dialect,
    })
    return {
      ...base,
      materialization: build.kind,
      authored,
      query: authored && contractQuery(authored, model.columns, inlines, this.input.dialect),
      uncast: authored && uncastQuery(authored, inlines),
      fixpoint,
      seedFile: build.kind === 'seed' ? seedFileOf(named, build.file, this.input.project.layers) : undefined,
      reads: [...reads.models].sort(),
      parents: this.parentsOf(reads),
      readsSourceTables,
      sourceTables: [...reads.sourceTables].sort(),
      tests,
    }
  }

  private tableOf({ layer, name, value }: NamedModel): TableName {
    const everyRow = everyRowOf(value.columns, value.layout, this.input.dialect)
    return { ...this.input.naming.model(layer, name), ...(everyRow === undefined ? {} : { everyRow }) }
  }

  private fixpoint({ name, value }: NamedModel, given: Given, reads: Reads): CompiledFixpoint | undefined {
    if (value.build.kind !== 'fixpoint') return undefined
    return compileFixpoint(name, value.build, given, this.input.naming, (sql, columns) => {
      const authored = this.render(sql, reads, this.workTables(name), value.engine)
      const inlines = this.inlinesOf(reads.models)
      const query = contractQuery(authored, columns, inlines, this.input.dialect)
      return { authored, query, uncast: uncastQuery(authored, inlines) }
    })
  }

  private workTables(model: string): (table: WorkTable) => string {
    return table => tablePath(workTableOf(this.input.naming, model, table.name))
  }

  /** What the query receives: the values of what the model uses. Throws `Disabled` where a source it uses is off. */
  private given(model: Model): Given {
    const given = this.valuesOf(model.uses)
    if (model.build.kind !== 'fixpoint') return given
    const work = Object.keys(model.build.work).map(name => [name, { kind: 'work-table', name }])
    return { ...given, work: Object.fromEntries(work) }
  }

  private valuesOf(uses: Uses): Given {
    const given: Record<string, unknown> = { startedAt: instant(this.input.startedAt) }
    for (const [key, used] of Object.entries(uses)) {
      if (used.kind === 'definition') {
        given[key] = this.input.definitions[used.section]
        continue
      }
      const name = this.input.project.names.source(used as Source)!
      if (this.input.sources[name] === undefined) throw new Disabled(`the source '${name}' is off`)
      given[key] = this.input.sources[name]
    }
    return given
  }

  /** The inline models among these and among what those read, each after those it reads. */
  private inlinesOf(names: Iterable<string>, found = new Map<string, Query>()): { name: string; query: Query }[] {
    for (const name of [...names].sort()) {
      const other = this.done.get(name)
      if (other === undefined || other === 'failed' || other.materialization !== 'inline' || found.has(name)) continue
      this.inlinesOf(other.reads, found)
      found.set(name, other.authored!)
    }
    return [...found].map(([name, query]) => ({ name, query }))
  }

  private parentsOf(reads: Reads): string[] {
    const parents = new Set<string>()
    for (const name of reads.models) {
      const other = this.done.get(name)
      if (other === undefined || other === 'failed') continue
      if (other.materialization !== 'inline') parents.add(name)
      else {
        for (const parent of other.parents) parents.add(parent)
        for (const table of other.sourceTables) reads.sourceTables.add(table)
      }
    }
    return [...parents].sort()
  }

  private render(sql: Sql, reads: Reads, workTable: (table: WorkTable) => string, alone?: Engine): Query {
    if (sql?.kind !== 'sql')
      throw new Error(`a query gives ${what(sql)}, and not SQL: write query: () => sql\`select …\``)
    return render(sql, {
      dialect: this.input.dialect,
      ...(this.input.macroName === undefined ? {} : { macroName: this.input.macroName }),
      alone,
      relation: relation => this.relation(relation, reads, workTable),
    })
  }

  /** SQL of a test: reads its own table, and what the model reads already. */
  private renderTest(sql: Sql, self: string, reads: Reads, alone: Engine | undefined): Query {
    return render(sql, {
      dialect: this.input.dialect,
      ...(this.input.macroName === undefined ? {} : { macroName: this.input.macroName }),
      alone,
      relation: relation => {
        if (relation.kind === 'self') return self
        const name = relation.kind === 'model' ? this.input.project.names.model(relation) : undefined
        if (name !== undefined && reads.models.has(name)) return this.relation(relation, reads, () => '')
        throw new Error(
          `a test of a model reads its own rows (self) and what its query reads, and no other relation; write a dataTest for ${name ?? relation.kind}`,
        )
      },
    })
  }

  private relation(relation: Exclude<Relation, Rows>, reads: Reads, workTable: (table: WorkTable) => string): string {
    switch (relation.kind) {
      case 'work-table':
        return workTable(relation)
      case 'self':
        throw new Error('self stands in tests alone')
      case 'model':
        return this.readModel(relation, reads)
      case 'source-table':
        return this.readSourceTable(relation, reads)
      case 'union-of':
        return this.union(relation.shape, reads)
    }
  }

  private readModel(value: Model, reads: Reads): string {
    const name = this.input.project.names.model(value)
    if (name === undefined)
      throw new Error('a query reads a model that is no export of the project: export it from a file of its name')
    if (this.input.alone !== undefined) return this.readContract(name, value, reads)
    const other = this.model(name)
    if (other === undefined)
      throw new Disabled(
        this.disabled.has(name)
          ? `it reads '${name}', which is not built: ${this.disabled.get(name)}`
          : `it reads '${name}', which has an error`,
      )
    reads.models.add(name)
    return other.materialization === 'inline' ? inlineName(name) : readPath(other.table)
  }

  private readContract(name: string, value: Model, reads: Reads): string {
    reads.models.add(name)
    if (value.build.kind === 'inline') return inlineName(name)
    return readPath(this.tableOf(this.input.project.models.get(name)!))
  }

  private readSourceTable(value: SourceTable, reads: Reads): string {
    const found = this.input.project.names.sourceTable(value)
    if (found === undefined) throw new Error('a query reads a raw table of a source that is no export of the project')
    const table = this.sourceTables.get(`${found.source}.${found.table}`)
    if (table === undefined) throw new Disabled(`the source '${found.source}' is off`)
    reads.sourceTables.add(table.name)
    return tablePath(table.table)
  }

  private union(shape: { readonly columns: Columns }, reads: Reads): string {
    const members: string[] = []
    for (const { name, value } of [...this.input.project.models.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!value.implements.some(implemented => implemented === shape)) continue
      if (this.input.alone === undefined && this.model(name) === undefined) continue
      members.push(this.readModel(value, reads))
    }
    return unionText(shape.columns, members, this.input.dialect)
  }

  private dataTests(): CompiledDataTest[] {
    const compiled: CompiledDataTest[] = []
    for (const test of this.input.project.dataTests) {
      const reads: Reads = { models: new Set(), sourceTables: new Set() }
      try {
        const query = this.render(test.value.rows(), reads, () => '')
        compiled.push({ name: test.name, test, query, reads: this.parentsOf(reads) })
      } catch (error) {
        if (!(error instanceof Disabled)) this.problems.push(...problemsOfThrown(error, test, this.input.inConfig))
      }
    }
    return compiled
  }

  private explanations(): Pick<CompiledProject, 'explanations' | 'disabledExplanations'> {
    const explanations = new Map<string, CompiledExplanation>()
    const disabledExplanations = new Map<string, string>()
    for (const named of this.input.project.explanations.values()) {
      try {
        const context = { given: (uses: Uses) => this.valuesOf(uses), render: (sql: Sql) => this.readingQuery(sql) }
        explanations.set(named.name, compileExplanation(named, context))
      } catch (error) {
        if (error instanceof Disabled) disabledExplanations.set(named.name, error.message)
        else this.problems.push(...problemsOfThrown(error, named, this.input.inConfig))
      }
    }
    return { explanations, disabledExplanations }
  }

  private readingQuery(sql: Sql): ReadingQuery {
    const reads: Reads = { models: new Set(), sourceTables: new Set() }
    const authored = this.render(sql, reads, () => '')
    const readsSourceTables = [...reads.sourceTables].sort()
    const parents = this.parentsOf(reads)
    const inlines = this.inlinesOf(reads.models)
    return {
      authored,
      query: inlines.length === 0 ? authored : uncastQuery(authored, inlines),
      reads: [...reads.models].sort(),
      readsSourceTables,
      parents,
      sourceTables: [...reads.sourceTables].sort(),
    }
  }
}

function what(value: unknown): string {
  if (value instanceof Promise) return 'a promise (it is async)'
  return value === undefined ? 'nothing' : `a ${typeof value}`
}
