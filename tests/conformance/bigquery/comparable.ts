import type { SqlField, SqlType } from '../../../src/googlesql/types.ts'
import { type SqlValue, valueOfWire, wireValue } from '../../../src/googlesql/values.ts'

/**
 * A value in the one form that equal values of both engines share: doubles to twelve digits; decimals, dates and instants spelled alike, to
 * the last digit and microsecond; JSON by its meaning; an array that is NULL as the empty one that BigQuery stores for it.
 */
export function comparableValue(type: SqlType, value: SqlValue | undefined): unknown {
  if (type.kind === 'ARRAY') return ((value ?? []) as readonly SqlValue[]).map(item => comparableValue(type.of, item))
  if (value === null || value === undefined) return null
  if (type.kind === 'STRUCT') {
    const fields = value as Readonly<Record<string, SqlValue>>
    return type.fields.map(field => comparableValue(field.type, fields[field.name]))
  }
  if (type.kind === 'RANGE') {
    const { start, end } = value as Readonly<Record<string, SqlValue>>
    return [comparableValue(type.of, start), comparableValue(type.of, end)]
  }
  if (type.kind === 'FLOAT64') return Number(value) === 0 ? '0' : Number(value).toPrecision(12)
  if (type.kind === 'JSON') return JSON.stringify(sorted(JSON.parse(value as string)))
  if (type.kind === 'INT64') return String(value)
  return valueOfWire(type, wireValue(type, value))
}

/** Objects with their keys in order, which JSON does not tell apart. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}

/** Rows as texts, in an order of their own: equal rows of both engines give equal texts. */
export function comparableRows(
  columns: readonly SqlField[],
  rows: readonly Readonly<Record<string, SqlValue>>[],
): readonly string[] {
  return rows.map(row => JSON.stringify(columns.map(({ name, type }) => comparableValue(type, row[name])))).sort()
}
