import { DuckDBInstance } from '@duckdb/node-api'
import { init, parse } from '@guanmingchiu/sqlparser-ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SqlValue } from '../../src/authoring/sql.ts'
import { dialects } from '../../src/compile/dialect/dialects.ts'
import { exampleQuery, type NamedMacro, waysOf } from '../../src/conformance/macros/example-query.ts'
import { DuckDBSession } from '../../src/warehouse/duckdb/session.ts'
import { exportedMacros } from './examples.ts'

const macros = await exportedMacros()
let session: DuckDBSession

beforeAll(async () => {
  await init()
  session = await DuckDBSession.open(await (await DuckDBInstance.create(':memory:')).connect())
})
afterAll(() => session.close())

test('the macros folder has the macros that the models are written with', () => {
  expect(macros.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['elapsedSeconds', 'urlHost', 'joinedText', 'ratio']),
  )
})

describe.each(macros)('$name', named => {
  const { macro } = named
  const ways = waysOf(macro)

  test('has at least three examples, one of them with NULL', () => {
    expect(macro.examples.length).toBeGreaterThanOrEqual(3)
    const values = macro.examples.flatMap(({ given, rows = {} }) => [...given, ...Object.values(rows).flat()])
    expect(values).toContain(null)
  })

  test.each(macro.examples.map((example, index) => ({ example, title: title(named, index) })))(
    '$title',
    async ({ example }) => {
      for (const way of ways) {
        const query = exampleQuery(named, example, way, dialects.duckdb)
        const rows = await session.query(query)
        if (Array.isArray(example.gives)) {
          expect(rows.map(row => JSON.stringify(row)).sort(), query).toEqual(
            example.gives.map(row => JSON.stringify(row)).sort(),
          )
        } else {
          const gives = example.gives as SqlValue
          expect(comparable(rows[0]!.result as SqlValue, macro.gives), query).toEqual(comparable(gives, macro.gives))
        }
      }
    },
  )

  test('gives its declared type', async () => {
    const way = ways.at(-1)!
    const columns = await session.describe(exampleQuery(named, macro.examples[0]!, way, dialects.duckdb))
    const declared =
      typeof macro.gives === 'string'
        ? [['result', { kind: macro.gives }]]
        : Object.entries(macro.gives).map(([name, { type }]) => [name, type])
    expect(columns.map(({ name, type }) => [name, type])).toEqual(declared)
  })

  test.each(['bigquery', 'snowflake'] as const)('parses as %s', engine => {
    for (const way of ways) {
      for (const example of macro.examples) {
        const query = exampleQuery(named, example, way, dialects[engine])
        expect(() => parse(query, engine), query).not.toThrow()
      }
    }
  })
})

function title({ macro }: NamedMacro, index: number): string {
  const { given, rows, gives } = macro.examples[index]!
  const shown = (value: unknown): string =>
    JSON.stringify(value, (_, within) => (typeof within === 'bigint' ? `${within}` : within))
  return `${rows ? shown(rows) : given.map(shown).join(', ')} gives ${shown(gives)}`
}

/** Reals to twelve digits, decimals without closing zeros, all else as it is. */
function comparable(value: SqlValue, type: NamedMacro['macro']['gives']): SqlValue {
  if (value === null) return null
  if (type === 'real') return Number(value).toPrecision(12)
  if (type === 'number')
    return String(value)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')
  return value
}
