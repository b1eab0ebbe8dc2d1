import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ScalarType } from '../../src/authoring/column-type.ts'
import type { Engine, Macro, MacroExample, MacroFunction } from '../../src/authoring/macro.ts'
import { identifier, join, type Sql, type SqlPart, type SqlValue, sql, type } from '../../src/authoring/sql.ts'
import { dialects } from '../../src/compile/dialect/dialects.ts'
import { render } from '../../src/compile/render.ts'

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

function isMacro(value: unknown): value is MacroFunction<readonly ScalarType[]> {
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
  if (way === 'rows') return sql`select ${call(macro, example.given)} as result from ${group(macro, example)} as r`
  const given = example.given.map((value, index) => {
    if (value !== null && typeof value === 'object')
      throw new Error(`an example of ${name} gives SQL where a value is wanted`)
    return { value, kind: macro.takes[index]!, column: identifier(`argument_${index + 1}`) }
  })
  if (way === 'literals') {
    return sql`select ${call(
      macro,
      given.map(({ value, kind }) => plainOrTyped(value, kind)),
    )} as result`
  }
  const columns = given.map(({ value, kind, column }) => sql`${typed(value, kind)} as ${column}`)
  if (way === 'relation') {
    const parts = given.map(({ column }) => sql`r.${column}`)
    return sql`select m.* from (select ${join(columns, ', ')}) as r cross join ${call(macro, parts)} as m`
  }
  const parts = given.map(({ value, column }, index) => (needsLiteral(name, index) ? value : column))
  return sql`select ${call(macro, parts)} as result from (select ${join(columns, ', ')}) as r`
}

const literalsOnly: Readonly<Record<string, number>> = { matchesPattern: 1, rounded: 1 }
const needsLiteral = (name: string, index: number): boolean => literalsOnly[name] === index

function call(macro: Macro, parts: readonly SqlPart[]): SqlPart {
  return { kind: 'macro-call', macro, parts }
}

function group(macro: Macro, { given, rows = {} }: MacroExample): Sql {
  const kindOf = (column: string): ScalarType => {
    const index = given.findIndex(
      part => part !== null && typeof part === 'object' && part.kind === 'identifier' && part.names[0] === column,
    )
    return macro.takes[index]!
  }
  const columns = Object.keys(rows)
  const row = (index: number): Sql =>
    sql`select ${join(
      columns.map(column => sql`${typed(rows[column]![index] ?? null, kindOf(column))} as ${identifier(column)}`),
      ', ',
    )}`
  const count = rows[columns[0]!]!.length
  if (count === 0) return sql`(select * from (${row(0)}) as one_row where false)`
  return sql`(${join(
    Array.from({ length: count }, (_, index) => row(index)),
    ' union all ',
  )})`
}

/** A literal as a model's author would write it; text, integers and booleans need no type. */
function plainOrTyped(value: SqlValue, kind: ScalarType): SqlPart {
  return value !== null && (kind === 'text' || kind === 'integer' || kind === 'boolean') ? value : typed(value, kind)
}

function typed(value: SqlValue, kind: ScalarType): SqlPart {
  return sql`cast(${value} as ${type.of({ kind })})`
}
