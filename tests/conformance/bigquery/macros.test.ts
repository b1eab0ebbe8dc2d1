import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SqlValue } from '../../../src/authoring/sql.ts'
import { dialects } from '../../../src/compile/dialect/dialects.ts'
import { exampleQuery, type NamedMacro, waysOf } from '../../../src/conformance/macros/example-query.ts'
import { catalogOf } from '../../../src/googlesql/catalog.ts'
import { type GoogleSql, plainRows } from '../../../src/googlesql/googlesql.ts'
import { sqlTypeOf, typeText } from '../../../src/googlesql/types.ts'
import { exportedMacros } from '../../macros/examples.ts'
import { comparableValue } from './comparable.ts'
import { startGoogleSql } from './google-sql.ts'

const macros = await exportedMacros()
const nothing = catalogOf([])
let google: GoogleSql

beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())

describe.each(macros)("$name gives on Google's evaluator", named => {
  const { macro } = named
  const ways = waysOf(macro)

  test.each(macro.examples.map((example, index) => ({ index, example })))(
    'what its example $index says',
    async ({ example }) => {
      for (const way of ways) {
        const query = exampleQuery(named, example, way, dialects.bigquery)
        const rows = plainRows(await google.evaluate(query, nothing))
        if (Array.isArray(example.gives)) {
          const given = example.gives.map(row => comparableRow(row, macro.gives)).sort()
          expect(rows.map(row => comparableRow(row, macro.gives)).sort(), query).toEqual(given)
        } else {
          const type = sqlTypeOf({ kind: macro.gives as 'text' })
          const gives = comparableValue(type, example.gives as SqlValue)
          expect(comparableValue(type, rows[0]!.result!), query).toEqual(gives)
        }
      }
    },
  )

  test('its declared type', async () => {
    const { columns } = await google.analyze(
      exampleQuery(named, macro.examples[0]!, ways.at(-1)!, dialects.bigquery),
      nothing,
    )
    expect(columns.map(({ name, type }) => `${name} ${typeText(type)}`)).toEqual(declared(macro))
  })
})

function declared({ gives }: NamedMacro['macro']): readonly string[] {
  if (typeof gives === 'string') return [`result ${typeText(sqlTypeOf({ kind: gives }))}`]
  return Object.entries(gives).map(([name, { type }]) => `${name} ${typeText(sqlTypeOf(type))}`)
}

function comparableRow(row: Readonly<Record<string, unknown>>, columns: NamedMacro['macro']['gives']): string {
  return JSON.stringify(
    Object.entries(columns).map(([name, { type }]) => comparableValue(sqlTypeOf(type), row[name] as SqlValue)),
  )
}
