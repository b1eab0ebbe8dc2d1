import { expect, test } from 'vitest'
import type { SqlType } from '../../../src/googlesql/types.ts'
import type { SqlValue } from '../../../src/googlesql/values.ts'
import { comparableRows } from './comparable.ts'

const same = (type: SqlType, a: SqlValue, b: SqlValue): boolean => {
  const text = (value: SqlValue) => comparableRows([{ name: 'x', type }], [{ x: value }])[0]
  return text(a) === text(b)
}

test.each([
  [{ kind: 'TIMESTAMP' }, '2026-06-01 12:00:00', '2026-06-01 12:00:00.000000'],
  [{ kind: 'NUMERIC' }, '12.50', '12.5'],
  [{ kind: 'FLOAT64' }, 0.1 + 0.2, 0.3],
  [{ kind: 'INT64' }, 9007199254740993n, '9007199254740993'],
  [{ kind: 'JSON' }, '{"a": 1, "b": [2]}', '{"b":[2],"a":1}'],
  [{ kind: 'ARRAY', of: { kind: 'STRING' } }, null, []],
] as const)('%o: %s and %s are the same', (type, a, b) => {
  expect(same(type, a, b)).toBe(true)
})

test.each([
  [{ kind: 'TIMESTAMP' }, '2026-06-01 12:00:00.000001', '2026-06-01 12:00:00.000002'],
  [{ kind: 'NUMERIC' }, '12.500000001', '12.5'],
  [{ kind: 'FLOAT64' }, 1.00000000001, 1],
  [{ kind: 'INT64' }, 9007199254740993n, 9007199254740992n],
  [{ kind: 'JSON' }, '{"a": 1}', '{"a": "1"}'],
  [{ kind: 'STRING' }, '', null],
  [{ kind: 'STRING' }, 'a', 'a '],
  [{ kind: 'ARRAY', of: { kind: 'STRING' } }, ['a', 'b'], ['b', 'a']],
] as const)('%o: %s and %s are not', (type, a, b) => {
  expect(same(type, a, b)).toBe(false)
})
