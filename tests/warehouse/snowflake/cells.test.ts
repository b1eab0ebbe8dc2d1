import type { Column } from 'snowflake-sdk'
import { describe, expect, it } from 'vitest'
import { describedColumn, rowOf } from '../../../src/warehouse/snowflake/cells.ts'
import { textCells } from '../../../src/warehouse/snowflake/text-cells.ts'

const column = (type: string, scale = 0, precision = 38) =>
  ({ getName: () => 'X', getType: () => type, getScale: () => scale, getPrecision: () => precision }) as Column
const date = (seconds: number, nanoseconds = 0) => ({
  getEpochSeconds: () => seconds,
  getNanoSeconds: () => nanoseconds,
  getTimezone: () => 'UTC',
})
const cell = (value: unknown, type: string, scale = 0) => rowOf([value], [column(type, scale)]).x

describe('A cell of Snowflake', () => {
  it.each<[string, number, string, unknown]>([
    ['fixed', 0, '12', 12],
    ['fixed', 0, '9007199254740993', 9007199254740993n],
    ['fixed', 0, '-9007199254740993', -9007199254740993n],
    ['fixed', 9, '12.500000000', '12.500000000'],
    ['fixed', 2, '12.50', '12.500000000'],
    ['fixed', 2, '.5', '0.500000000'],
    ['fixed', 2, '-.5', '-0.500000000'],
    ['fixed', 12, '0.123456789012', '0.123456789012'],
    ['real', 0, '0.25', 0.25],
    ['real', 0, '1e300', 1e300],
    ['real', 0, '-inf', Number.NEGATIVE_INFINITY],
    ['text', 0, 'NULL', 'NULL'],
    ['variant', 0, '{\n  "a b": [ 1, null ],\n  "q": "x \\" y"\n}', '{"a b":[1,null],"q":"x \\" y"}'],
    ['object', 0, '{}', '{}'],
  ])('of the type %s (scale %i), %s', (type, scale, text, expected) => {
    expect(cell(text, type, scale)).toEqual(expected)
    expect(cell(null, type, scale)).toBeNull()
  })

  it('of time is in UTC, to the last digit, before 1970 too', () => {
    expect(cell(date(1_780_317_000), 'timestamp_ntz')).toBe('2026-06-01 12:30:00')
    expect(cell(date(1_780_317_000, 500_000), 'timestamp_ntz')).toBe('2026-06-01 12:30:00.0005')
    expect(cell(date(-1, 999_999_000), 'timestamp_tz')).toBe('1969-12-31 23:59:59.999999')
    expect(cell(date(-86_400), 'date')).toBe('1969-12-31')
  })

  it('of a list is one, and of a boolean is one', () => {
    expect(cell('[1, "a", null]', 'array')).toEqual([1, 'a', null])
    expect(cell(false, 'boolean')).toBe(false)
  })

  it('has a type, in words and as a logical one', () => {
    expect(describedColumn(column('FIXED', 0))).toEqual({
      name: 'x',
      engineType: 'number(38,0)',
      type: { kind: 'integer' },
    })
    expect(describedColumn(column('FIXED', 9))).toMatchObject({ engineType: 'number(38,9)', type: { kind: 'number' } })
    expect(describedColumn(column('TIMESTAMP_NTZ', 6))).toMatchObject({
      engineType: 'timestamp_ntz(6)',
      type: { kind: 'timestamp' },
    })
    expect(describedColumn(column('TIMESTAMP_TZ', 9))).toMatchObject({ engineType: 'timestamp_tz(9)', type: undefined })
    expect(describedColumn(column('TEXT'))).toMatchObject({ engineType: 'varchar', type: { kind: 'text' } })
  })
})

describe('Rows to be bound', () => {
  it('are text or NULL, lists and records in JSON', () => {
    expect([...textCells([[1, 2n ** 60n, true, null, 'a', [1, 'b'], { c: null }]])]).toEqual([
      [['1', '1152921504606846976', 'true', null, 'a', '[1,"b"]', '{"c":null}']],
    ])
  })

  it('come in pieces that a statement can carry, by their cells and by their length', () => {
    const sizes = (rows: readonly (readonly string[])[]) => [...textCells(rows)].map(piece => piece.length)
    expect(sizes([])).toEqual([])
    expect(sizes(Array.from({ length: 25_001 }, () => ['a', 'b']))).toEqual([25_000, 1])
    expect(sizes(Array.from({ length: 3 }, () => ['x'.repeat(5_000_000)]))).toEqual([1, 1, 1])
  })
})
