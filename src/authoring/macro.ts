import { type CallSite, callSite } from './call-site.ts'
import type { Columns, Field } from './column.ts'
import { describeType, type ScalarType } from './column-type.ts'
import { MacroMistakes } from './macro-mistakes.ts'
import { macroMistakes } from './macro-spec.ts'
import { typeOfArgument } from './macro-values.ts'
import type { Relation } from './relation.ts'
import type { Sql, SqlFragment, SqlPart, SqlValue } from './sql.ts'

export type Engine = 'duckdb' | 'bigquery' | 'snowflake'
export const engines: readonly Engine[] = ['duckdb', 'bigquery', 'snowflake']
/** As people write them. */
export const engineWord: Readonly<Record<Engine, string>> = {
  duckdb: 'DuckDB',
  bigquery: 'BigQuery',
  snowflake: 'Snowflake',
}

/** One SQL text a macro stands for: the same on all engines, or one for each. */
export type Rendering = Sql | Readonly<Record<Engine, Sql>>

/** The type of what a macro takes: a scalar's name, or a list or record by its word, ``list(record({ key: text() }))``. */
export type ArgumentType = ScalarType | Field

/** A value as an example writes it: a list is an array, a record an object of its fields; fields that are left out are NULL. */
export type ExampleValue = SqlValue | readonly ExampleValue[] | { readonly [field: string]: ExampleValue }

/**
 * A row of a macro's examples: arguments (NULL is `null`; decimals, dates and instants as text), and the value that every engine must give.
 * An aggregate's example has the `rows` of a group, column by column, and `given` names them with `identifier('x')`; what is the same
 * for all rows stands in `given` itself.
 */
export interface MacroExample {
  readonly given: readonly (ExampleValue | SqlFragment | Sql)[]
  readonly rows?: Readonly<Record<string, readonly SqlValue[]>>
  /** Text, numbers and booleans as they are; dates and instants as text, like `'2026-03-29 01:30:00'`; of a relation its rows, in any order. */
  readonly gives: SqlValue | readonly Readonly<Record<string, SqlValue>>[]
}

/** A named SQL expression (or relation) that means the same on every engine. */
export interface Macro<A extends readonly ArgumentType[] = readonly ArgumentType[]> {
  readonly kind: 'macro'
  readonly takes: A
  /** The type of the result, or the columns of the relation. */
  readonly gives: ScalarType | Columns
  /** The arguments are one row's values, all rows of a group (an aggregate), or it stands in a `from`. */
  readonly over: 'row' | 'group' | 'relation'
  /** Places, from 0, of arguments that models give as values and never as columns: patterns, paths, numbers of digits. */
  readonly literals: readonly number[]
  readonly examples: readonly MacroExample[]
  readonly as: (...parts: readonly SqlPart[]) => Rendering
}

export interface MacroCall {
  readonly kind: 'macro-call'
  readonly macro: Macro
  readonly parts: readonly SqlPart[]
}

/** What may be given to a macro: SQL, another macro, or a value. */
export type Argument = SqlValue | Sql | SqlFragment | MacroCall | Relation

type ArgumentsOf<A extends readonly ArgumentType[]> = { readonly [K in keyof A]: Argument }

export type MacroFunction<A extends readonly ArgumentType[]> = ((...parts: ArgumentsOf<A>) => MacroCall) & {
  readonly macro: Macro<A>
}

const sites = new WeakMap<Macro, CallSite>()

/** Where a macro was declared, where that is known. */
export function siteOfMacro(macro: Macro): CallSite | undefined {
  return sites.get(macro)
}

/**
 * Declares a macro: the types it takes and gives, examples with answers worked by hand (NULL, negative, boundary, leap day, non-ASCII),
 * and its text per engine. The doc comment says its meaning and its NULL rule. Throws `MacroMistakes`.
 */
export function macro<const A extends readonly ArgumentType[]>(spec: {
  readonly takes: A
  readonly gives: ScalarType | Columns
  readonly over?: 'row' | 'group' | 'relation'
  readonly literals?: readonly number[]
  readonly examples: readonly MacroExample[]
  readonly as: (...parts: { readonly [K in keyof A]: SqlPart }) => Rendering
}): MacroFunction<A> {
  const mistakes = macroMistakes(spec)
  const site = callSite()
  if (mistakes.length > 0) throw new MacroMistakes(mistakes, site)
  const value: Macro<A> = {
    kind: 'macro',
    takes: spec.takes,
    gives: spec.gives,
    over: spec.over ?? 'row',
    literals: spec.literals ?? [],
    examples: spec.examples,
    as: spec.as as unknown as Macro<A>['as'],
  }
  if (site !== undefined) sites.set(value as unknown as Macro, site)
  const call = (...parts: ArgumentsOf<A>): MacroCall => {
    mustTake(value, parts.length)
    return { kind: 'macro-call', macro: value as unknown as Macro, parts }
  }
  return Object.assign(call, { macro: value })
}

/** Throws where a call, which `tsc` has not seen, gives more or less than the macro takes. */
function mustTake({ takes }: Pick<Macro, 'takes'>, count: number): void {
  if (count === takes.length) return
  const types = takes.map(argument => describeType(typeOfArgument(argument)!))
  const wanted = types.length === 0 ? 'none' : `${types.length}: ${types.join(', ')}`
  throw new Error(`a macro is given ${count === 1 ? '1 argument' : `${count} arguments`}, and takes ${wanted}`)
}
