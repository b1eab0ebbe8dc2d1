import type { AnyColumn, Columns, TestOptions } from '../authoring/column.ts'
import type { Explanation } from '../authoring/explanation.ts'
import type { Freshness, Location } from '../authoring/location.ts'
import type { TimeColumn } from '../authoring/source.ts'
import type { DataTest } from '../authoring/tests.ts'
import type { Named, NamedModel } from '../project/project.ts'
import type { Rendered } from './render.ts'

/** A schema, in the database that is connected to unless it names another. */
export interface SchemaName {
  readonly schema: string
  /** BigQuery's project; undefined on engines with one database to a connection. */
  readonly database?: string | undefined
}

/** A table by schema and name, both plain names. */
export interface TableName extends SchemaName {
  readonly name: string
  /** What holds for each of its rows, where the warehouse answers no query that does not filter its partitions: see `readPath`. */
  readonly everyRow?: string | undefined
}

/** Where the tables of a build stand: one schema a layer, with the target's prefix, and the engine's own. */
export interface Naming {
  model(layer: string, name: string): TableName
  raw(source: string, table: string): TableName
  /** Tables of one build, worthless afterwards. */
  scratch(name: string): TableName
  /** `about.table_status`: which table is of which run. */
  readonly status: TableName
  /** `about.runs`: what became of each run, and what it cost. */
  readonly runs: TableName
  /** `about.lease`: which run may write, where several processes could. */
  readonly lease: TableName
}

/** A statement's text, and which of its characters stand in which template. */
export type Query = Rendered

/** A model as the statements of one dialect. Everything that runs, checks or documents it reads this. */
export interface CompiledModel {
  readonly name: string
  readonly layer: string
  readonly model: NamedModel
  readonly columns: Columns
  readonly table: TableName
  readonly materialization: 'view' | 'table' | 'inline' | 'seed' | 'fixpoint'
  /** The rows of the model: the author's query within casts to the contract; undefined for a seed. */
  readonly query: Query | undefined
  /** The author's query alone. */
  readonly authored: Query | undefined
  /** The author's query without the casts, as it can be bound: its columns have the types that the engine finds. */
  readonly uncast: Query | undefined
  readonly fixpoint: CompiledFixpoint | undefined
  /** The seed's CSV file. */
  readonly seedFile: string | undefined
  /** Models that it reads, inline ones included, in order of name. */
  readonly reads: readonly string[]
  /** Tables of other models that must stand before it is built: what it reads, through inline models. */
  readonly parents: readonly string[]
  /** Raw tables that its own queries read, in order of name. */
  readonly readsSourceTables: readonly string[]
  /** Raw tables that must stand before it is built: what it reads, through inline models. */
  readonly sourceTables: readonly string[]
  readonly tests: readonly CompiledTest[]
}

export interface CompiledFixpoint {
  readonly maximumRounds: number
  readonly work: Readonly<Record<string, { readonly table: TableName; readonly columns: Columns }>>
  readonly start: readonly {
    readonly table: string
    readonly query: Query
    readonly uncast: Query
    readonly authored: Query
  }[]
  readonly step: readonly {
    readonly table: string
    readonly query: Query
    readonly uncast: Query
    readonly authored: Query
  }[]
  readonly until: string
}

/** A data test of a table; where it is a row test, all of them run in one scan. */
export type CompiledTest = {
  /** `not_null_sessions_person_id`; unique in the project. */
  readonly name: string
  /** What it says, for a person. */
  readonly says: string
  readonly options: TestOptions
  readonly column: string | undefined
} & (
  | {
      readonly kind: 'not_null' | 'one_of' | 'at_least' | 'at_most' | 'matches' | 'always'
      readonly holds: Query
      readonly where: Query | undefined
      readonly values?: readonly unknown[]
    }
  | { readonly kind: 'unique'; readonly columns: readonly string[]; readonly where: Query | undefined }
  | { readonly kind: 'references'; readonly to: string; readonly toColumn: string; readonly where: Query | undefined }
  /** Rows of the query are failures; it reads the new rows under the name given by `never`. */
  | { readonly kind: 'never'; readonly rows: (self: TableName) => Query }
)

export interface CompiledDataTest {
  readonly name: string
  readonly test: Named<DataTest>
  readonly query: Query
  readonly reads: readonly string[]
}

/** SQL that is run as it is, outside a model, and what it reads. */
export interface ReadingQuery {
  /** The author's own text. */
  readonly authored: Query
  /** The same as it can be run: with the inline models that it reads. */
  readonly query: Query
  /** Models that it reads, inline ones included. */
  readonly reads: readonly string[]
  readonly readsSourceTables: readonly string[]
  /** Tables of models that must stand: what it reads, through inline models. */
  readonly parents: readonly string[]
  readonly sourceTables: readonly string[]
}

export interface CompiledExplanation {
  readonly name: string
  readonly explanation: Named<Explanation>
  /** For some id: what is checked. */
  readonly queries: readonly (ReadingQuery & { readonly key: string })[]
  /** For this id. Throws `ProblemsError` where the explanation's own code throws. */
  readonly queriesFor: (id: string) => CompiledExplanation['queries']
  readonly ids: ReadingQuery | undefined
  /** The ids of what some text names: what is checked; undefined where nothing but an id names one. */
  readonly named: ReadingQuery | undefined
  /** For this text. Throws `ProblemsError` where the explanation's own code throws. */
  readonly namedFor: (text: string) => ReadingQuery | undefined
  /** What some text names without an id: what is checked. */
  readonly without: ReadingQuery | undefined
  /** For this text. Throws `ProblemsError` where the explanation's own code throws. */
  readonly withoutFor: (text: string) => ReadingQuery | undefined
  readonly parents: readonly string[]
  readonly sourceTables: readonly string[]
}

export interface CompiledSourceTable {
  /** `clickstream.events` */
  readonly name: string
  readonly source: string
  readonly tableKey: string
  readonly description: string
  readonly columns: Readonly<Record<string, AnyColumn>>
  readonly location: Location
  /** The raw column that says when a row came in. */
  readonly loadedAt?: string | undefined
  /** Where there is no such column: the one that says when what a row tells of happened. */
  readonly happenedAt?: TimeColumn | undefined
  /** By the config's settings; undefined where they say nothing. */
  readonly freshness?: Freshness | undefined
  readonly table: TableName
  readonly path: string
  readonly file: string
}

export interface CompiledProject {
  /** Enabled models, inline ones included, in order of name. */
  readonly models: ReadonlyMap<string, CompiledModel>
  /** Models that are not built, and why. */
  readonly disabled: ReadonlyMap<string, string>
  readonly sourceTables: ReadonlyMap<string, CompiledSourceTable>
  readonly dataTests: readonly CompiledDataTest[]
  readonly explanations: ReadonlyMap<string, CompiledExplanation>
  /** Explanations that read what is not built, and why. */
  readonly disabledExplanations: ReadonlyMap<string, string>
}
