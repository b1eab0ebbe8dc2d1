import { beforeAll, describe, expect, test } from 'vitest'
import type { ColumnType, ScalarType } from '../../../src/authoring/column-type.ts'
import { readyParser, syntaxErrorIn } from '../../../src/compile/portable/parse.ts'
import { snowflakeFunctions } from '../../../src/compile/snowflake/function-list.ts'
import { isFilled, nullOf, rowId, textOf, typedValue } from '../../../src/warehouse/snowflake/raw-values.ts'
import { engineType } from '../../../src/warehouse/snowflake/types.ts'
import { functionsIn } from '../../support/snowflake-sql.ts'

beforeAll(readyParser)

const stored = [
  'VARCHAR(16777216)',
  'NUMBER(38,0)',
  'NUMBER(38,9)',
  'FLOAT',
  'BOOLEAN',
  'DATE',
  'TIME(9)',
  'TIMESTAMP_NTZ(9)',
  'TIMESTAMP_LTZ(9)',
  'TIMESTAMP_TZ(9)',
  'BINARY(8388608)',
  'VARIANT',
  'ARRAY',
  'OBJECT',
  'ARRAY(VARCHAR(16777216))',
  'OBJECT(city VARCHAR(16777216))',
]
const scalars: readonly ScalarType[] = ['text', 'integer', 'number', 'real', 'boolean', 'timestamp', 'date', 'json']
const declared: readonly ColumnType[] = [
  ...scalars.map(kind => ({ kind })),
  { kind: 'list', of: { kind: 'text' } },
  { kind: 'record', fields: { city: { kind: 'text' } } },
]

/** Used beside those of the typed list, each with its page of https://docs.snowflake.com/en/sql-reference/functions/ */
const pages: Readonly<Record<string, string>> = {
  iff: 'iff',
  is_null_value: 'is_null_value',
  left: 'left',
  octet_length: 'octet_length',
  to_json: 'to_json',
  to_varchar: 'to_char',
  to_variant: 'to_variant',
}

/** Every text that reads a raw value. */
const texts = stored.flatMap(type => {
  const column = { name: 'V', type: engineType(type), comment: undefined }
  return [
    `select ${rowId([column], 'r')} as x from raw.t as r`,
    `select 1 as x from raw.t as r where ${isFilled(column, 'r."V"')}`,
    ...declared.flatMap(of => [
      `select ${typedValue(of, column, 'r."V"')} as x from raw.t as r`,
      `select ${nullOf(of)} as x`,
    ]),
  ]
})

test('A raw time of day keeps its fraction, without the zeros at its end', () => {
  expect(textOf(engineType('TIME(9)'), 'r."V"')).toBe(
    `regexp_replace(to_varchar(r."V", 'HH24:MI:SS.FF6'), '[.]?0+$', '')`,
  )
})

describe('A raw value of whatever type it has in Snowflake, as whatever is declared', () => {
  test('is read by SQL of Snowflake', () => {
    const wrong = texts.flatMap(text => {
      const error = syntaxErrorIn(text, 'snowflake')
      return error === undefined ? [] : [`${error.message}: ${text}`]
    })
    expect(wrong).toEqual([])
  })

  test('is read by functions whose pages of the documentation are named, and by each of them', () => {
    const called = new Set(texts.flatMap(functionsIn))
    const others = [...called].filter(name => !snowflakeFunctions.has(name) && !(name in pages))
    const unused = Object.keys(pages).filter(name => !called.has(name))
    expect({ others, unused }).toEqual({ others: [], unused: [] })
  })
})
