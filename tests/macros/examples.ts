import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ColumnType } from '../../src/authoring/column-type.ts'
import type {
  ArgumentType,
  Engine,
  ExampleValue,
  Macro,
  MacroExample,
  MacroFunction,
} from '../../src/authoring/macro.ts'
import { identifier, join, type Sql, type SqlPart, type SqlValue, sql, type } from '../../src/authoring/sql.ts'
import { dialects } from '../../src/compile/dialect/dialects.ts'
import { render } from '../../src/compile/render.ts'
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

const folder = fileURLToPath(new URL('../../macros/', import.meta.url))

/** Every macro that the project's macros folder exports. */
export async function exportedMacros(): Promise<readonly NamedMacro[]> {
  const files = readdirSync(folder).filter(file => file.endsWith('.ts'))
  const modules = await Promise.all(files.map(file => import(`${folder}${file}`) as Promise<Record<string, unknown>>))
  return modules.flatMap(module =>
    Object.entries(module).flatMap(([name, value]) =>
      isMacro(value) ? [{ name, macro: value.macro as unknown as Macro }] : [],
    ),
  )
}

function isMacro(value: unknown): value is MacroFunction<readonly ArgumentType[]> {
  return typeof value === 'function' && 'macro' in value
}

/** One row, one column `result`, or the rows of a relation: what the macro gives for the example. */
export function exampleQuery({ name, macro }: NamedMacro, example: MacroExample, way: Way, engine: Engine): string {
  const { text } = render(template(name, macro, example, way), {
    dialect: dialects[engine],
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
    const parts = given.map(({ column }) => sql`r.${column}`)
    return sql`select m.* from (select ${join(columns, ', ')}) as r cross join ${call(macro, parts)} as m`
  }
  const parts = given.map(({ value, column }, index) => (needsLiteral(name, index) ? (value as SqlValue) : column))
  return sql`select ${call(macro, parts)} as result from (select ${join(columns, ', ')}) as r`
}

const literalsOnly: Readonly<Record<string, readonly number[]>> = {
  matchesPattern: [1],
  rounded: [1],
  jsonText: [1],
  replacedPattern: [1, 2],
  phoneE164: [1, 2],
  zeroPadded: [1],
  parameterText: [1],
  parameterInteger: [1],
  parameterNumber: [1],
  fieldText: [1],
  fieldReal: [1],
}
const needsLiteral = (name: string, index: number): boolean => literalsOnly[name]?.includes(index) ?? false

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
