import type { ColumnType } from '../../authoring/column-type.ts'
import type { ArgumentType, ExampleValue, Macro, MacroExample } from '../../authoring/macro.ts'
import { identifier, join, type Sql, type SqlPart, type SqlValue, sql, type } from '../../authoring/sql.ts'
import type { Dialect } from '../../compile/dialect/dialect.ts'
import { render } from '../../compile/render.ts'
import { nestedLiteral } from './nested-literal.ts'

/**
 * How an example gives its arguments: as literals, as columns of a one-row relation, (aggregates) as the rows of a group, or (relations)
 * as columns of a relation before it.
 */
export type Way = 'literals' | 'columns' | 'rows' | 'relation'

export interface NamedMacro {
  readonly name: string
  readonly macro: Macro
}

/** The ways in which a macro's examples can be asked for; the last one shows its type best. */
export function waysOf({ over, takes }: Macro): readonly Way[] {
  if (over === 'group') return ['rows']
  if (over === 'relation') return ['relation']
  return takes.length === 0 ? ['literals'] : ['literals', 'columns']
}

/** One row, one column `result`, or the rows of a relation: what the macro gives for the example. */
export function exampleQuery({ name, macro }: NamedMacro, example: MacroExample, way: Way, dialect: Dialect): string {
  const { text } = render(template(name, macro, example, way), {
    dialect,
    relation: () => {
      throw new Error(`the example of ${name} reads a relation`)
    },
  })
  return text
}

function template(name: string, macro: Macro, example: MacroExample, way: Way): Sql {
  if (way === 'rows') {
    const given = example.given as readonly SqlPart[]
    return sql`select ${call(macro, given)} as result from ${group(macro, example)} as r`
  }
  const given = example.given.map((value, index) => {
    if (value !== null && typeof value === 'object' && 'kind' in value)
      throw new Error(`an example of ${name} gives SQL where a value is wanted`)
    return { value, type: typeOf(macro.takes[index]!), column: identifier(`argument_${index + 1}`) }
  })
  if (way === 'literals') {
    return sql`select ${call(
      macro,
      given.map(({ value, type }) => plainOrTyped(value, type)),
    )} as result`
  }
  const columns = given.map(({ value, type, column }) => sql`${typed(value, type)} as ${column}`)
  if (way === 'relation') {
    if (given.length === 0) return sql`select m.* from ${call(macro, [])} as m`
    const parts = given.map(({ column }) => sql`r.${column}`)
    return sql`select m.* from (select ${join(columns, ', ')}) as r cross join ${call(macro, parts)} as m`
  }
  const parts = given.map(({ value, column }, index) => (macro.literals.includes(index) ? (value as SqlValue) : column))
  return sql`select ${call(macro, parts)} as result from (select ${join(columns, ', ')}) as r`
}

function call(macro: Macro, parts: readonly SqlPart[]): SqlPart {
  return { kind: 'macro-call', macro, parts }
}

function group(macro: Macro, { given, rows = {} }: MacroExample): Sql {
  const parts = given as readonly SqlPart[]
  const typeOfColumn = (column: string): ColumnType => {
    const index = parts.findIndex(
      part => part !== null && typeof part === 'object' && part.kind === 'identifier' && part.names[0] === column,
    )
    return typeOf(macro.takes[index]!)
  }
  const columns = Object.keys(rows)
  const row = (index: number): Sql =>
    sql`select ${join(
      columns.map(column => sql`${typed(rows[column]![index] ?? null, typeOfColumn(column))} as ${identifier(column)}`),
      ', ',
    )}`
  const count = rows[columns[0]!]!.length
  if (count === 0) return sql`(select * from (${row(0)}) as one_row where false)`
  return sql`(${join(
    Array.from({ length: count }, (_, index) => row(index)),
    ' union all ',
  )})`
}

function typeOf(argument: ArgumentType): ColumnType {
  return typeof argument === 'string' ? { kind: argument } : argument.type
}

/** A literal as a model's author would write it; text, integers and booleans need no type. */
function plainOrTyped(value: ExampleValue, of: ColumnType): SqlPart {
  const isPlain = of.kind === 'text' || of.kind === 'integer' || of.kind === 'boolean'
  return value !== null && isPlain ? (value as SqlValue) : typed(value, of)
}

function typed(value: ExampleValue, of: ColumnType): SqlPart {
  if (of.kind === 'list' || of.kind === 'record') return nestedLiteral(of, value)
  return sql`cast(${value as SqlValue} as ${type.of(of)})`
}
