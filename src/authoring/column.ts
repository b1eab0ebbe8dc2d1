import type { ColumnType, TypeName, ValueOfType } from './column-type.ts'
import type { Sql } from './sql.ts'

/** How a data test counts. A row fails where the rule does not hold; NULL passes every rule but not-null. */
export interface TestOptions {
  /** Only rows that meet this condition are tested. */
  readonly where?: Sql
  /** `error` (the default) stops the table from being published; `warn` only reports. */
  readonly severity?: 'error' | 'warn'
  /** Stop only when more rows than this fail (default 0). */
  readonly errorAbove?: number
  /** Warn when more rows than this fail (default 0). */
  readonly warnAbove?: number
}

export type ColumnRule =
  | { readonly kind: 'not_null' }
  | { readonly kind: 'unique' }
  | { readonly kind: 'one_of'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'at_least'; readonly bound: number }
  | { readonly kind: 'at_most'; readonly bound: number }
  | { readonly kind: 'matches'; readonly pattern: string }
  | { readonly kind: 'references'; readonly to: AnyColumn }

export interface ColumnTest {
  readonly rule: ColumnRule
  readonly options: TestOptions
}

/** One column of a contract. Not null unless `nullable()`; the rules after it are data tests, run before the table is published. */
export interface Column<T extends TypeName = TypeName, N extends boolean = boolean> {
  readonly kind: 'column'
  readonly typeName: T
  readonly isNullable: N
  readonly type: ColumnType
  readonly description: string
  readonly tests: readonly ColumnTest[]
  /** Of a source: the raw table may lack it. */
  readonly isOptional: boolean
  /** What kind of sensitive value it holds, in a word of the project; undefined where it holds none. */
  readonly classification: string | undefined
  /** May be NULL. Say in the description what NULL means. */
  nullable(): Column<T, true>
  /** Some accounts' raw tables lack it: it is NULL there. For nullable columns of sources alone. */
  mayBeMissing(this: Column<T, true>): Column<T, true>
  /**
   * Holds values that not everybody may see: `classified('email')`, a word of the project's own. A company says in its target what guards the columns
   * of that word, as a policy tag of BigQuery: the names of those are its own, and no model's. Where a target says nothing of the word, it changes nothing.
   */
  classified(as: string): Column<T, N>
  /** Fails rows that are NULL, for a nullable column that must be filled under `where`, or should be. */
  notNull(options: TestOptions): Column<T, N>
  /** No two rows have the same value (NULLs aside). */
  unique(options?: TestOptions): Column<T, N>
  oneOf(allowed: readonly (string | number | boolean)[], options?: TestOptions): Column<T, N>
  /** Inclusive. */
  atLeast(bound: number, options?: TestOptions): Column<T, N>
  /** Inclusive. */
  atMost(bound: number, options?: TestOptions): Column<T, N>
  /** The value matches a regular expression somewhere (anchor it with ^ and $); RE2 syntax, without look-around. */
  matches(pattern: string, options?: TestOptions): Column<T, N>
}

/** A value within a list or record: its type alone. */
export type Field = Pick<Column, 'type'>

/** A column of whatever type; what a tool reads that does not care for the methods. */
export type AnyColumn = Pick<
  Column,
  'kind' | 'type' | 'typeName' | 'isNullable' | 'description' | 'tests' | 'isOptional' | 'classification'
>

/** A contract: columns by name, in order. */
export type Columns = Readonly<Record<string, AnyColumn>>

export type ColumnName<C> = Extract<keyof C, string>

/** What a column holds, in TypeScript. */
export type ColumnValue<C> = C extends { readonly typeName: infer T extends TypeName } ? ValueOfType[T] : never

/** A row of a contract with any columns left out (they are NULL). */
export type RowOf<C> = { readonly [K in keyof C]?: ColumnValue<C[K]> | null }

export function column<T extends TypeName>(
  typeName: T,
  type: ColumnType,
  description: string,
  { tests = [], classification }: Partial<Pick<Column, 'tests' | 'classification'>> = {},
): Column<T, false> {
  return build({ typeName, type, description, isNullable: false, tests, isOptional: false, classification })
}

/** The same column as a value of its own, so that one written once may stand in two contracts. */
export function copyColumn(original: AnyColumn): AnyColumn {
  return build(original)
}

type Parts<T extends TypeName, N extends boolean> = Omit<Pick<Column<T, N>, keyof AnyColumn>, 'kind'>

function build<T extends TypeName, N extends boolean>(parts: Parts<T, N>): Column<T, N> {
  const { typeName, isNullable, type, description, tests, isOptional, classification } = parts
  const and = (rule: ColumnRule, options: TestOptions = {}) => build({ ...parts, tests: [...tests, { rule, options }] })
  return {
    kind: 'column',
    typeName,
    isNullable,
    type,
    description,
    tests,
    isOptional,
    classification,
    nullable: () => build({ ...parts, isNullable: true }),
    mayBeMissing: () => {
      if (!isNullable) throw new Error('mayBeMissing() is for nullable columns: write .nullable().mayBeMissing()')
      return build({ ...parts, isNullable: true, isOptional: true })
    },
    classified: as => {
      if (!/^[a-z][a-z0-9_]*$/.test(as))
        throw new Error(`classified('${as}'): a class is a word of lower-case letters, digits and _, like email`)
      return build({ ...parts, classification: as })
    },
    notNull: options => and({ kind: 'not_null' }, options),
    unique: options => and({ kind: 'unique' }, options),
    oneOf: (allowed, options) => {
      if (allowed.length === 0) throw new Error('oneOf([]) allows no value at all: name those that there may be')
      return and({ kind: 'one_of', values: allowed }, options)
    },
    atLeast: (bound, options) => and({ kind: 'at_least', bound }, options),
    atMost: (bound, options) => and({ kind: 'at_most', bound }, options),
    matches: (pattern, options) => and({ kind: 'matches', pattern }, options),
  }
}
