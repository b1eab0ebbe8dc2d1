import type { Columns } from '../../authoring/column.ts'
import type { ColumnType } from '../../authoring/column-type.ts'
import type { Macro, MacroExample } from '../../authoring/macro.ts'
import type { Dialect } from '../../compile/dialect/dialect.ts'
import { type Row, type Session, WarehouseError } from '../../warehouse/warehouse.ts'
import { comparable } from '../comparable.ts'
import type { Findings } from '../findings.ts'
import { inSessions, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { exampleQuery, type NamedMacro, type Way, waysOf } from './example-query.ts'
import { macrosWithin } from './macros-within.ts'

interface Asked {
  readonly named: NamedMacro
  readonly way: Way
}

/** Every example of every macro gives what was worked out for it by hand, and its declared type. All of a macro's are asked for in one statement. */
export async function checkMacros(kit: Kit, soFar: Findings): Promise<CheckOutcome> {
  const asked = kit.macros.flatMap(named => waysOf(named.macro).map(way => ({ named, way })))
  const found = await inWarehouse(
    () => kit.open('retailer'),
    warehouse =>
      inSessions(kit, warehouse, 'macros', asked, async (session, each) => {
        const differences = await differencesOf(session, each, warehouse.dialect)
        const wrong = differences.filter(({ where }) => where !== typeWhere).length
        return soFar.add(each.named.macro.examples.length - wrong, differences)
      }),
  )
  return { ...soFar.outcome(), differences: withCauses(kit, found.flat()) }
}

const typeWhere = 'its type'

async function differencesOf(session: Session, asked: Asked, dialect: Dialect): Promise<readonly Difference[]> {
  const { named, way } = asked
  const { macro, name } = named
  if (macro.examples.length === 0) return []
  const queries = macro.examples.map(example => exampleQuery(named, example, way, dialect))
  const all = queries
    .map((query, index) => `select ${index} as example, m.* from (\n${query}\n) as m`)
    .join('\nunion all\n')
  let rows: readonly Row[]
  try {
    rows = await session.query(all)
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    return oneByOne(session, asked, queries, error)
  }
  const differences = macro.examples.flatMap((example, index) =>
    differenceOf(
      asked,
      index,
      example,
      rows.filter(row => Number(row.example) === index),
      queries[index]!,
    ),
  )
  if (way !== waysOf(macro).at(-1)) return differences
  const columns = await session.describe(queries[0]!)
  const got = columns.map(column => `${column.name} ${column.type?.kind ?? column.engineType}`).join(', ')
  const expected = Object.entries(columnsOf(macro))
    .map(([column, { kind }]) => `${column} ${kind}`)
    .join(', ')
  if (got === expected) return differences
  return [...differences, { about: name, where: typeWhere, expected, got, sql: queries[0] }]
}

/** Where the statement of all examples fails, each is asked for alone, to find which one it is. */
async function oneByOne(
  session: Session,
  asked: Asked,
  queries: readonly string[],
  failure: WarehouseError,
): Promise<readonly Difference[]> {
  const { named, way } = asked
  const differences: Difference[] = []
  for (const [index, example] of named.macro.examples.entries()) {
    const sql = queries[index]!
    try {
      differences.push(...differenceOf(asked, index, example, await session.query(sql), sql))
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error
      const where = whereOf(asked, index)
      differences.push({
        about: named.name,
        where,
        expected: expectedOf(named.macro, example),
        got: error.message,
        sql,
      })
    }
  }
  if (differences.length > 0) return differences
  return [
    {
      about: named.name,
      where: `its examples in one statement, as ${way}`,
      expected: 'rows',
      got: failure.message,
      sql: failure.sql,
    },
  ]
}

function differenceOf(
  asked: Asked,
  index: number,
  example: MacroExample,
  rows: readonly Row[],
  sql: string,
): readonly Difference[] {
  const { macro, name } = asked.named
  const expected = expectedOf(macro, example)
  const got = textOf(macro, rows)
  return got === expected ? [] : [{ about: name, where: whereOf(asked, index), expected, got, sql }]
}

function expectedOf(macro: Macro, { gives }: MacroExample): string {
  return textOf(macro, Array.isArray(gives) ? (gives as readonly Row[]) : [{ result: gives as Row[string] }])
}

/** A scalar's value, or a relation's rows in an order of their own. */
function textOf(macro: Macro, rows: readonly Row[]): string {
  const columns = Object.entries(columnsOf(macro))
  const values = rows.map(row => columns.map(([name, type]) => comparable(type, row[name])))
  if (typeof macro.gives === 'string')
    return values.length === 1 ? JSON.stringify(values[0]![0]) : `${values.length} rows`
  return `[${values
    .map(value => JSON.stringify(value))
    .sort()
    .join(', ')}]`
}

function columnsOf({ gives }: Macro): Readonly<Record<string, ColumnType>> {
  if (typeof gives === 'string') return { result: { kind: gives } }
  return Object.fromEntries(Object.entries(gives as Columns).map(([name, { type }]) => [name, type]))
}

function whereOf({ named, way }: Asked, index: number): string {
  const { given, rows } = named.macro.examples[index]!
  const shown = (value: unknown): string =>
    JSON.stringify(value, (_, within) => (typeof within === 'bigint' ? `${within}` : within))
  return `example ${index} as ${way}: ${rows === undefined ? given.map(shown).join(', ') : shown(rows)}`
}

/** A macro that is written with another one differs because of it. */
function withCauses({ macros }: Kit, differences: readonly Difference[]): readonly Difference[] {
  const differing = new Set(differences.map(({ about }) => about))
  const within = new Map(macros.map(named => [named.name, macrosWithin(named.macro, macros)]))
  return differences.map(difference => {
    const because = [...(within.get(difference.about) ?? [])].filter(name => differing.has(name))
    return because.length === 0 ? difference : { ...difference, because }
  })
}
