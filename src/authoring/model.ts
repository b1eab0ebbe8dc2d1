import { type AnyColumn, type ColumnName, type Columns, copyColumn, type TestOptions } from './column.ts'
import type { Definition } from './definition.ts'
import { type Labels, labelsOf } from './labels.ts'
import { type Layout, type LayoutWords, layoutOf } from './layout.ts'
import { type Engine, engines } from './macro.ts'
import { mustBeColumns, mustBeNamesOf, mustBeOneOf, mustSay } from './must-be.ts'
import type { SelfRelation, WorkTable } from './relation.ts'
import type { Shape } from './shape.ts'
import type { Source } from './source.ts'
import type { Sql, SqlFragment } from './sql.ts'

/** A relation of the project that queries read: a model, whatever its materialization. Its name is that of the const, its schema its folder. */
export interface Model<C extends Columns = Columns> {
  readonly kind: 'model'
  readonly description: string
  readonly columns: C
  readonly grain: readonly string[]
  readonly tags: readonly string[]
  readonly labels: Labels
  readonly tests: ModelTests<string>
  readonly dataThrough: string | undefined
  /** The one engine whose SQL it is written in; undefined where it is for all. */
  readonly engine: Engine | undefined
  readonly implements: readonly Shape[]
  readonly uses: Uses
  readonly build: Build
  /** How its table is kept; undefined where it does not say. */
  readonly layout: Layout | undefined
}

/** How a model comes into being. */
export type Build =
  | { readonly kind: 'view' | 'table' | 'inline'; readonly query: (given: Given) => Sql }
  | { readonly kind: 'seed'; readonly file: string }
  | {
      readonly kind: 'fixpoint'
      readonly maximumRounds: number
      readonly work: Readonly<Record<string, Columns>>
      readonly start: (given: Given) => Readonly<Record<string, Sql>>
      readonly step: (given: Given) => Readonly<Record<string, Sql>>
      readonly until: string
      readonly query: (given: Given) => Sql
    }

/** What a query receives, untyped: the engine's side of `QueryArguments`. */
export type Given = Readonly<Record<string, unknown>>

export type Uses = Readonly<Record<string, Definition | Source>>

type UsedValues<U> = {
  readonly [K in keyof U]: U[K] extends Definition<infer T> ? T : U[K] extends Source<infer S> ? S : never
}

/** What `query` receives: the values of what the model lists in `uses`, and the instant at which the run started. */
export type QueryArguments<U> = UsedValues<U> & { readonly startedAt: SqlFragment }

/** Rows that must not exist, and conditions that always hold; the keys say in words what is tested. */
export interface ModelTests<N extends string> {
  /** Sets of columns that are unique together (besides the grain). */
  readonly unique?: readonly (readonly N[])[]
  /** Conditions that hold on every row (NULL counts as holding): all of a table's are tested in one scan. */
  readonly always?: Readonly<Record<string, Sql | ({ readonly holds: Sql } & TestOptions)>>
  /** Queries over the model's new rows (`self`) and what it reads, which must give no rows. */
  readonly never?: Readonly<Record<string, Never | ({ readonly rows: Never } & Omit<TestOptions, 'where'>)>>
}

type Never = (self: SelfRelation) => Sql

interface Contract<C extends Columns> {
  /** One row per what: the first sentence of the docs. */
  readonly description: string
  /** The columns that identify a row: tested unique and not null before every publication. */
  readonly grain: readonly ColumnName<NoInfer<C>>[]
  readonly columns: C
  readonly tests?: ModelTests<ColumnName<NoInfer<C>>>
  readonly tags?: readonly string[]
  /** Of the table in the warehouse, for the bill and for who looks for it: `{ domain: 'growth' }`. Tags, unlike these, are for selecting models. */
  readonly labels?: Labels
  /** A timestamp column whose latest value says up to when the data goes; models that read this one inherit it. */
  readonly dataThrough?: ColumnName<NoInfer<C>>
}

interface ForOneEngine {
  /**
   * The engine for which alone it is written, `'snowflake'`, where what it needs has no portable form: it is not held to the portable core, `check` says what
   * it cannot vouch for, and on other engines neither it nor what reads it is built.
   */
  readonly engine?: Engine
}

/**
 * A model: one SQL query with a contract. `view` and `table` are published; `inline` becomes a CTE of its readers.
 * Dependencies are the relations that the query reads.
 */
export function model<
  C extends Columns,
  U extends Uses = Record<never, never>,
  S extends Columns = Record<never, never>,
>(
  spec: Contract<C> &
    ForOneEngine & {
      /** The shape whose columns the contract has; readers of `unionOf(shape)` then read this model too. */
      readonly implements?: Shape<S>
      readonly columns: ColumnsOf<NoInfer<S>>
      readonly materialize: { readonly kind: 'view' | 'table' | 'inline' } & LayoutWords<NoInfer<C>>
      readonly uses?: U
      readonly query: (given: QueryArguments<U>) => Sql
    },
): Model<C> {
  mustSay(spec, words.model)
  mustBeOneOf(spec.materialize.kind, ['view', 'table', 'inline'], 'materialize.kind')
  if (spec.materialize.kind === 'inline' && spec.labels !== undefined)
    throw new Error('labels: an inline model has no table to be labelled')
  if (spec.materialize.kind === 'inline' && spec.engine !== undefined)
    throw new Error('engine: an inline model stands within its readers, and is of whatever engine they are')
  return own({
    ...contract(spec),
    engine: engineOf(spec),
    implements: spec.implements === undefined ? [] : [spec.implements],
    uses: spec.uses ?? {},
    build: { kind: spec.materialize.kind, query: spec.query as unknown as (given: Given) => Sql },
    layout: layoutOf<Columns>(spec.columns, spec.materialize as typeof spec.materialize & LayoutWords<Columns>),
  })
}

/** The columns that a shape asks for, each of its type; nullable ones may be kept not null. */
type ColumnsOf<S extends Columns> = { readonly [K in keyof S]: AnyColumn & { readonly typeName: S[K]['typeName'] } }

/** Rows kept in the project: a CSV file beside the `.ts` file, `seeds/sites.csv` for `seeds/sites.ts`, with a header of the contract's columns. An empty field is NULL. */
export function seed<C extends Columns>(spec: Contract<C> & { readonly file: string }): Model<C> {
  mustSay(spec, words.seed)
  return own({
    ...contract(spec),
    engine: undefined,
    implements: [],
    uses: {},
    build: { kind: 'seed', file: spec.file },
    layout: undefined,
  })
}

/**
 * A model that repeats a step until nothing is left to do. Its working tables are made by `start`; then `step` makes new
 * versions of some, in the order given, each reading the newest version of every table, until the table named `until` is empty;
 * then `query` makes the model's rows from them. More than `maximumRounds` is an error.
 */
export function fixpoint<
  C extends Columns,
  W extends Readonly<Record<string, Columns>>,
  U extends Uses = Record<never, never>,
>(
  spec: Contract<C> &
    ForOneEngine & {
      readonly maximumRounds: number
      readonly work: W
      readonly until: Extract<keyof NoInfer<W>, string>
      readonly uses?: U
      readonly start: (given: QueryArguments<U> & { readonly work: WorkTables<NoInfer<W>> }) => {
        readonly [K in keyof NoInfer<W>]: Sql
      }
      readonly step: (given: QueryArguments<U> & { readonly work: WorkTables<NoInfer<W>> }) => {
        readonly [K in keyof NoInfer<W>]?: Sql
      }
      readonly query: (given: QueryArguments<U> & { readonly work: WorkTables<NoInfer<W>> }) => Sql
    },
): Model<C> {
  mustSay(spec, words.fixpoint)
  mustBeOneOf(spec.until, Object.keys(spec.work), 'until')
  for (const [name, columns] of Object.entries(spec.work)) mustBeColumns(columns, `work.${name}`)
  return own({
    ...contract(spec),
    engine: engineOf(spec),
    implements: [],
    uses: spec.uses ?? {},
    build: {
      kind: 'fixpoint',
      maximumRounds: spec.maximumRounds,
      work: spec.work,
      until: spec.until,
      start: spec.start as unknown as (given: Given) => Readonly<Record<string, Sql>>,
      step: spec.step as unknown as (given: Given) => Readonly<Record<string, Sql>>,
      query: spec.query as unknown as (given: Given) => Sql,
    },
    layout: undefined,
  })
}

type WorkTables<W> = { readonly [K in keyof W]: WorkTable }

const owners = new WeakMap<AnyColumn, Model>()

/** The model whose contract a column stands in. */
export function ownerOf(column: AnyColumn): Model | undefined {
  return owners.get(column)
}

type Published<C extends Columns> = Omit<Model<C>, 'engine' | 'implements' | 'uses' | 'build' | 'layout'>

const contractWords = ['description', 'grain', 'columns']
const options = ['tests', 'tags', 'labels', 'dataThrough']
const words = {
  model: {
    what: 'model',
    required: [...contractWords, 'materialize', 'query'],
    optional: [...options, 'engine', 'uses', 'implements'],
  },
  seed: { what: 'seed', required: [...contractWords, 'file'], optional: options },
  fixpoint: {
    what: 'fixpoint',
    required: [...contractWords, 'maximumRounds', 'work', 'until', 'start', 'step', 'query'],
    optional: [...options, 'engine', 'uses'],
  },
} as const

function contract<C extends Columns>(spec: Contract<C>): Published<C> {
  mustBeColumns(spec.columns, 'columns')
  mustBeNamesOf(spec.columns, spec.grain, 'grain')
  if (spec.dataThrough !== undefined) mustBeNamesOf(spec.columns, [spec.dataThrough], 'dataThrough')
  for (const name of Object.keys(spec.tests ?? {})) mustBeOneOf(name, ['unique', 'always', 'never'], 'tests')
  for (const names of spec.tests?.unique ?? []) mustBeNamesOf(spec.columns, names, 'tests.unique')
  const columns: Record<string, AnyColumn> = {}
  for (const [name, original] of Object.entries(spec.columns)) columns[name] = copyColumn(original)
  return {
    kind: 'model',
    description: spec.description,
    columns: columns as C,
    grain: spec.grain,
    tags: spec.tags ?? [],
    labels: labelsOf(spec.labels),
    tests: spec.tests ?? {},
    dataThrough: spec.dataThrough,
  }
}

function engineOf({ engine }: ForOneEngine): Engine | undefined {
  if (engine !== undefined) mustBeOneOf(engine, engines, 'engine')
  return engine
}

function own<M extends Model>(value: M): M {
  for (const column of Object.values(value.columns)) owners.set(column, value)
  return value
}
