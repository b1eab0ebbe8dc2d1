import { describe, expect, test } from 'vitest'
import { describedType, engineType } from '../../../src/warehouse/snowflake/types.ts'

describe("Snowflake's types as it describes them", () => {
  test.each([
    ['NUMBER(38,0)', 'integer'],
    ['NUMBER(38,9)', 'number'],
    ['VARCHAR(16777216)', 'text'],
    ['VARCHAR(134217728) NOT NULL', 'text'],
    ['FLOAT', 'real'],
    ['BOOLEAN', 'boolean'],
    ['TIMESTAMP_NTZ(6)', 'timestamp'],
    ['DATE', 'date'],
    ['VARIANT', 'json'],
    ['ARRAY(VARCHAR(16777216))', 'list'],
    ['OBJECT(city VARCHAR(16777216), "at" NUMBER(38,0))', 'record'],
  ])('%s holds %s', (written, kind) => {
    expect(describedType(engineType(written)).type?.kind).toBe(kind)
  })

  test.each([
    'TIMESTAMP_TZ(9)',
    'TIMESTAMP_LTZ(9)',
    'ARRAY',
    'OBJECT',
    'BINARY(8388608)',
    'GEOGRAPHY',
    'MAP(VARCHAR, NUMBER(38,0))',
  ])('%s holds no logical type', written => {
    expect(describedType(engineType(written)).type).toBeUndefined()
  })

  test('a list of records is taken apart', () => {
    const written = 'ARRAY(OBJECT(key VARCHAR(16777216), value OBJECT(n NUMBER(38,0), r FLOAT)))'
    expect(describedType(engineType(written)).type).toEqual({
      kind: 'list',
      of: {
        kind: 'record',
        fields: {
          key: { kind: 'text' },
          value: { kind: 'record', fields: { n: { kind: 'integer' }, r: { kind: 'real' } } },
        },
      },
    })
  })
})
