import { describe, expect, test } from 'vitest'
import { type SqlType, sqlTypeOf, typeOfWire, typeText, wireType } from '../../src/googlesql/types.ts'
import { type SqlValue, valueOfWire, wireValue } from '../../src/googlesql/values.ts'

const items: SqlType = {
  kind: 'ARRAY',
  of: {
    kind: 'STRUCT',
    fields: [
      { name: 'sku', type: { kind: 'STRING' } },
      { name: 'price', type: { kind: 'NUMERIC' } },
    ],
  },
}

describe('A value survives the way to the service and back', () => {
  test.each([
    [{ kind: 'INT64' }, 42],
    [{ kind: 'INT64' }, -9007199254740993n],
    [{ kind: 'FLOAT64' }, -0.1],
    [{ kind: 'STRING' }, "it's 🙂"],
    [{ kind: 'BOOL' }, false],
    [{ kind: 'BYTES' }, 'YWJj'],
    [{ kind: 'DATE' }, '0001-01-01'],
    [{ kind: 'DATE' }, '2024-02-29'],
    [{ kind: 'DATE' }, '9999-12-31'],
    [{ kind: 'TIMESTAMP' }, '1969-12-31 23:59:59.999999'],
    [{ kind: 'TIMESTAMP' }, '2026-03-29 01:30:00'],
    [{ kind: 'DATETIME' }, '2026-03-29T01:30:00.5'],
    [{ kind: 'TIME' }, '23:59:59.000001'],
    [{ kind: 'NUMERIC' }, '-12.345'],
    [{ kind: 'NUMERIC' }, '99999999999999999999999999999.999999999'],
    [{ kind: 'NUMERIC' }, '0'],
    [{ kind: 'NUMERIC' }, '-128'],
    [{ kind: 'BIGNUMERIC' }, '0.00000000000000000000000000000000000001'],
    [{ kind: 'JSON' }, '{"a":[1]}'],
    [
      items,
      [
        { sku: 'a', price: '1.5' },
        { sku: null, price: null },
      ],
    ],
    [items, []],
    [items, null],
  ] as readonly [SqlType, SqlValue][])('%o %s', (type, value) => {
    expect(valueOfWire(type, wireValue(type, value))).toEqual(value)
  })
})

describe('A value may be given in another form', () => {
  test.each([
    [{ kind: 'TIMESTAMP' }, '2026-03-29T03:30:00+02:00', '2026-03-29 01:30:00'],
    [{ kind: 'TIMESTAMP' }, '2026-03-29 01:30:00 UTC', '2026-03-29 01:30:00'],
    [{ kind: 'TIMESTAMP' }, '2026-03-29', '2026-03-29 00:00:00'],
    [{ kind: 'NUMERIC' }, '1.25e2', '125'],
    [{ kind: 'NUMERIC' }, '0.0000000005', '0.000000001'],
    [{ kind: 'INT64' }, '7', 7],
    [{ kind: 'BOOL' }, 'TRUE', true],
    [{ kind: 'FLOAT64' }, '-Infinity', -Infinity],
  ] as readonly [SqlType, SqlValue, SqlValue][])('%o %s', (type, given, value) => {
    expect(valueOfWire(type, wireValue(type, given))).toEqual(value)
  })
})

describe('What is no value of a type is refused', () => {
  test.each([
    [{ kind: 'INT64' }, '1.5'],
    [{ kind: 'DATE' }, '2026-02-29'],
    [{ kind: 'TIMESTAMP' }, 'yesterday'],
    [{ kind: 'TIMESTAMP' }, '2026-01-01 25:00:00'],
    [{ kind: 'DATETIME' }, '2026-01-01 10:00:00+01'],
    [{ kind: 'NUMERIC' }, '1,5'],
    [{ kind: 'FLOAT64' }, ''],
    [{ kind: 'BOOL' }, 'yes'],
    [items, 'a'],
  ] as readonly [SqlType, SqlValue][])('%o %s', (type, value) => {
    expect(() => wireValue(type, value)).toThrow(/ is no /)
  })
})

describe('A type', () => {
  test('of a contract is that in which BigQuery keeps its column', () => {
    expect(typeText(sqlTypeOf({ kind: 'list', of: { kind: 'number' } }))).toBe('ARRAY<NUMERIC>')
    expect(typeText(sqlTypeOf({ kind: 'real' }))).toBe('FLOAT64')
  })

  test('survives the way to the service and back', () => {
    expect(typeOfWire(wireType(items))).toEqual(items)
    expect(typeText(items)).toBe('ARRAY<STRUCT<sku STRING, price NUMERIC>>')
  })
})
