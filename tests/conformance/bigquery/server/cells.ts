import { GoogleSqlError } from '../../../../src/googlesql/errors.ts'
import type { SqlField, SqlType } from '../../../../src/googlesql/types.ts'
import { isNull, namelessField, type SqlValue, valueOfWire, wireValue } from '../../../../src/googlesql/values.ts'
import type { WireRow, WireValue } from '../../../../src/googlesql/wire.ts'
import { invalid } from './api-error.ts'

export interface ApiRow {
  readonly f: readonly { readonly v: unknown }[]
}

/** A row as the API gives it: every scalar as text. Instants as whole microseconds where the client asks so, else as seconds. */
export function apiRow(columns: readonly SqlField[], row: WireRow, asMicroseconds: boolean): ApiRow {
  return { f: columns.map(({ type }, index) => ({ v: apiValue(type, row[index] ?? {}, asMicroseconds) })) }
}

function apiValue(type: SqlType, cell: WireValue, asMicroseconds: boolean): unknown {
  if (type.kind === 'ARRAY') {
    const items = (cell.array_value as { readonly element?: readonly WireValue[] } | undefined)?.element ?? []
    return items.map(item => ({ v: apiValue(type.of, item, asMicroseconds) }))
  }
  if (isNull(cell)) return null
  if (type.kind === 'STRUCT') {
    const fields = (cell.struct_value as { readonly field?: readonly WireValue[] }).field ?? []
    return { f: type.fields.map((field, index) => ({ v: apiValue(field.type, fields[index] ?? {}, asMicroseconds) })) }
  }
  if (type.kind === 'TIMESTAMP') return apiInstant(cell, asMicroseconds)
  if (type.kind === 'RANGE') {
    const { start = {}, end = {} } = cell.range_value as { readonly start?: WireValue; readonly end?: WireValue }
    const bound = (value: WireValue): unknown => apiValue(type.of, value, asMicroseconds) ?? 'UNBOUNDED'
    return `[${bound(start)}, ${bound(end)})`
  }
  const value = valueOfWire(type, cell)
  if (type.kind === 'FLOAT64') return floatText(value as number)
  return String(value)
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value)
}

function apiInstant(cell: WireValue, asMicroseconds: boolean): string {
  const { seconds = '0', nanos = 0 } = cell.timestamp_value as { readonly seconds?: string; readonly nanos?: number }
  const microseconds = BigInt(seconds) * 1_000_000n + BigInt(Math.trunc(nanos / 1000))
  return asMicroseconds ? String(microseconds) : String(Number(microseconds) / 1_000_000)
}

/** A value from JSON, as load jobs and parameters give it; numbers may stand for instants (seconds). Throws where it is none of the type. */
export function cellOfJson(type: SqlType, value: unknown, at: string): WireValue {
  if (value === null || value === undefined) return type.kind === 'ARRAY' ? { array_value: { element: [] } } : {}
  if (type.kind === 'ARRAY') {
    if (!Array.isArray(value)) throw invalid(`Repeated field ${at} must be a JSON array`)
    return { array_value: { element: value.map(item => cellOfJson(type.of, item, at)) } }
  }
  if (type.kind === 'STRUCT') {
    if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`Field ${at} must be a JSON object`)
    const given = lowerKeys(value as Record<string, unknown>)
    const field = type.fields.map((each, index) => {
      const name = each.name || namelessField(index)
      return cellOfJson(each.type, given.get(name.toLowerCase()), `${at}.${name}`)
    })
    return { struct_value: { field } }
  }
  if (type.kind === 'JSON') return { json_value: typeof value === 'string' ? value : JSON.stringify(value) }
  if (typeof value === 'object') throw invalid(`Field ${at} must be a scalar`)
  return scalar(type, value as SqlValue, at)
}

function scalar(type: SqlType, value: SqlValue, at: string): WireValue {
  if (type.kind === 'TIMESTAMP' && /^-?\d+(\.\d+)?$/.test(String(value))) return secondsCell(String(value))
  try {
    return wireValue(type, value)
  } catch (error) {
    if (!(error instanceof GoogleSqlError)) throw error
    throw invalid(`Could not parse '${String(value)}' as ${type.kind} for field ${at}`)
  }
}

function secondsCell(text: string): WireValue {
  const microseconds = BigInt(Math.round(Number(text) * 1_000_000))
  const seconds = microseconds / 1_000_000n - (microseconds % 1_000_000n < 0n ? 1n : 0n)
  return { timestamp_value: { seconds: String(seconds), nanos: Number(microseconds - seconds * 1_000_000n) * 1000 } }
}

export const lowerKeys = (object: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]))
