import type { Columns } from '../../authoring/column.ts'
import type { ColumnType } from '../../authoring/column-type.ts'
import type { Engine, Macro, MacroExample } from '../../authoring/macro.ts'
import type { SqlPart } from '../../authoring/sql.ts'
import type { Dialect } from '../../compile/dialect/dialect.ts'
import { MacroFault, renderingOf } from '../../compile/rendering-of.ts'
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
  const asked = kit.macros.flatMap(named => {
    if (isRendered(named, kit.engine)) return waysOf(named.macro).map(way => ({ named, way }))
    soFar.skip({ about: named.name, because: `it has no rendering for ${kit.engine}` })
    return []
  })
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

/** What has no text for the engine is of models for another engine alone; `check` tells it of any other. */
function isRendered({ macro }: NamedMacro, engine: Engine): boolean {
  const [example] = macro.examples
  if (example === undefined) return true
  try {
    renderingOf({ kind: 'macro-call', macro, parts: example.given as readonly SqlPart[] }, engine, undefined)
    return true
  } catch (error) {
    return !(error instanceof MacroFault && error.isMissing)
  }
}

interface Question {
  readonly index: number
  readonly example: MacroExample
  readonly sql: string
}

async function differencesOf(session: Session, asked: Asked, dialect: Dialect): Promise<readonly Difference[]> {
  const { named, way } = asked
  const { macro, name } = named
  const { questions, unwritten } = questionsOf(asked, dialect)
  const [first] = questions
  if (first === undefined) return unwritten
  const all = questions
    .map(({ index, sql }) => `select ${index} as example, m.* from (\n${sql}\n) as m`)
    .join('\nunion all\n')
  let rows: readonly Row[]
  try {
    rows = await session.query(all)
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    return [...unwritten, ...(await oneByOne(session, asked, questions, error))]
  }
  const differences = questions.flatMap(question =>
    differenceOf(
      asked,
      question,
      rows.filter(row => Number(row.example) === question.index),
    ),
  )
  if (way !== waysOf(macro).at(-1)) return [...unwritten, ...differences]
  const columns = await session.describe(first.sql)
  const got = columns.map(column => `${column.name} ${column.type?.kind ?? column.engineType}`).join(', ')
  const expected = Object.entries(columnsOf(macro))
    .map(([column, { kind }]) => `${column} ${kind}`)
    .join(', ')
  if (got === expected) return [...unwritten, ...differences]
  return [...unwritten, ...differences, { about: name, where: typeWhere, expected, got, sql: first.sql }]
}

/** The statements of the examples; where a macro's own code throws, or gives no SQL, that is told of the example. */
function questionsOf(
  asked: Asked,
  dialect: Dialect,
): { readonly questions: readonly Question[]; readonly unwritten: readonly Difference[] } {
  const { named, way } = asked
  const questions: Question[] = []
  const unwritten: Difference[] = []
  for (const [index, example] of named.macro.examples.entries()) {
    try {
      questions.push({ index, example, sql: exampleQuery(named, example, way, dialect) })
    } catch (error) {
      const got = error instanceof Error ? error.message : String(error)
      const expected = expectedOf(named.macro, example)
      unwritten.push({ about: named.name, where: whereOf(asked, index), expected, got })
    }
  }
  return { questions, unwritten }
}

/** Where the statement of all examples fails, each is asked for alone, to find which one it is. */
async function oneByOne(
  session: Session,
  asked: Asked,
  questions: readonly Question[],
  failure: WarehouseError,
): Promise<readonly Difference[]> {
  const { named, way } = asked
  const differences: Difference[] = []
  for (const question of questions) {
    const { index, example, sql } = question
    try {
      differences.push(...differenceOf(asked, question, await session.query(sql)))
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

function differenceOf(asked: Asked, { index, example, sql }: Question, rows: readonly Row[]): readonly Difference[] {
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
