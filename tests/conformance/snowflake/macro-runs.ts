import type { Columns } from '../../../src/authoring/column.ts'
import type { ColumnType } from '../../../src/authoring/column-type.ts'
import type { Macro, MacroExample } from '../../../src/authoring/macro.ts'
import { dialects } from '../../../src/compile/dialect/dialects.ts'
import { comparable } from '../../../src/conformance/comparable.ts'
import { exampleQuery, type NamedMacro, type Way } from '../../../src/conformance/macros/example-query.ts'
import { type Row, type Session, WarehouseError } from '../../../src/warehouse/warehouse.ts'

/** What examples give, in their order, as texts that are equal where the values are; all of them are asked for in one statement. */
export async function examplesTogether(
  session: Session,
  named: NamedMacro,
  examples: readonly MacroExample[],
  way: Way,
): Promise<readonly string[]> {
  const queries = examples.map(
    (example, index) =>
      `select ${index} as example, m.* from (\n${exampleQuery(named, example, way, dialects.snowflake)}\n) as m`,
  )
  const rows = await session.query(queries.join('\nunion all\n'))
  return examples.map((_, index) =>
    textOf(
      named.macro,
      rows.filter(({ example }) => Number(example) === index),
    ),
  )
}

/** What an example gives, asked for alone: the error's words where there is one. */
export async function exampleAlone(
  session: Session,
  named: NamedMacro,
  example: MacroExample,
  way: Way,
): Promise<string> {
  try {
    return textOf(named.macro, await session.query(exampleQuery(named, example, way, dialects.snowflake)))
  } catch (error) {
    if (error instanceof WarehouseError) return error.message
    throw error
  }
}

/** What an example says that it gives. */
export function expectedOf({ macro }: NamedMacro, { gives }: MacroExample): string {
  return textOf(macro, Array.isArray(gives) ? (gives as readonly Row[]) : [{ result: gives as Row[string] }])
}

function textOf(macro: Macro, rows: readonly Row[]): string {
  const columns = Object.entries(columnsOf(macro))
  return rows
    .map(row => JSON.stringify(columns.map(([name, type]) => comparable(type, row[name]))))
    .sort()
    .join('\n')
}

function columnsOf({ gives }: Macro): Readonly<Record<string, ColumnType>> {
  if (typeof gives === 'string') return { result: { kind: gives } }
  return Object.fromEntries(Object.entries(gives as Columns).map(([name, { type }]) => [name, type]))
}
