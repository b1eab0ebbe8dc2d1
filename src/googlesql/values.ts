import { decimalBytes, decimalText } from './decimals.ts'
import { GoogleSqlError } from './errors.ts'
import {
  dateText,
  datetimeText,
  dayOf,
  instantOf,
  packedDatetime,
  packedTime,
  timestampText,
  timeText,
} from './times.ts'
import type { SqlType } from './types.ts'
import type { WireValue } from './wire.ts'

/**
 * A value as plain data: integers past 2^53 as bigint; decimals, JSON, dates and times as text (`2026-06-01 12:30:00.5` an instant, in UTC);
 * bytes in base64; a struct by the names of its fields.
 */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly SqlValue[]
  | { readonly [field: string]: SqlValue }

export const numericScale = 9
export const bigNumericScale = 38

/** What a struct's field is called that has no name, by its place from 0. */
export const namelessField = (index: number): string => `_field_${index + 1}`

interface Read {
  readonly int64_value: string
  readonly double_value: number
  readonly string_value: string
  readonly bool_value: boolean
  readonly bytes_value: Uint8Array
  readonly date_value: number
  readonly timestamp_value: { readonly seconds?: string; readonly nanos?: number }
  readonly datetime_value: { readonly bit_field_datetime_seconds?: string; readonly nanos?: number }
  readonly time_value: string
  readonly numeric_value: Uint8Array
  readonly bignumeric_value: Uint8Array
  readonly json_value: string
  readonly array_value: { readonly element?: readonly WireValue[] }
  readonly struct_value: { readonly field?: readonly WireValue[] }
  readonly range_value: { readonly start?: WireValue; readonly end?: WireValue }
}

export const isNull = (value: WireValue): boolean => Object.keys(value).length === 0

export function valueOfWire(type: SqlType, value: WireValue): SqlValue {
  if (isNull(value)) return null
  const read = value as unknown as Read
  switch (type.kind) {
    case 'INT64': {
      const number = Number(read.int64_value)
      return Number.isSafeInteger(number) ? number : BigInt(read.int64_value)
    }
    case 'FLOAT64':
      return read.double_value
    case 'STRING':
      return read.string_value
    case 'BOOL':
      return read.bool_value
    case 'BYTES':
      return Buffer.from(read.bytes_value).toString('base64')
    case 'DATE':
      return dateText(read.date_value)
    case 'TIMESTAMP':
      return timestampText(Number(read.timestamp_value.seconds ?? 0), read.timestamp_value.nanos ?? 0)
    case 'DATETIME':
      return datetimeText(BigInt(read.datetime_value.bit_field_datetime_seconds ?? 0), read.datetime_value.nanos ?? 0)
    case 'TIME':
      return timeText(BigInt(read.time_value))
    case 'NUMERIC':
      return decimalText(read.numeric_value, numericScale)
    case 'BIGNUMERIC':
      return decimalText(read.bignumeric_value, bigNumericScale)
    case 'JSON':
      return read.json_value
    case 'ARRAY':
      return (read.array_value.element ?? []).map(item => valueOfWire(type.of, item))
    case 'STRUCT': {
      const fields = read.struct_value.field ?? []
      return Object.fromEntries(
        type.fields.map((field, index) => [
          field.name || namelessField(index),
          valueOfWire(field.type, fields[index] ?? {}),
        ]),
      )
    }
    case 'RANGE': {
      const { start = {}, end = {} } = read.range_value
      return { start: valueOfWire(type.of, start), end: valueOfWire(type.of, end) }
    }
    default:
      throw new GoogleSqlError(`values of the type ${type.kind} cannot be read`, { kind: 'unsupported' })
  }
}

/** Throws where the value is none of the type. Scalars may be given as text. */
export function wireValue(type: SqlType, value: SqlValue | undefined): WireValue {
  if (value === null || value === undefined) return {}
  switch (type.kind) {
    case 'INT64':
      return { int64_value: /^[+-]?\d+$/.test(String(value)) ? String(value) : refuse(type, value) }
    case 'FLOAT64': {
      const number = numberOf(value)
      return { double_value: number ?? refuse(type, value) }
    }
    case 'STRING':
      return { string_value: String(value) }
    case 'BOOL':
      return { bool_value: { true: true, false: false }[String(value).toLowerCase()] ?? refuse(type, value) }
    case 'BYTES':
      return { bytes_value: Buffer.from(String(value), 'base64') }
    case 'DATE':
      return { date_value: dayOf(String(value)) ?? refuse(type, value) }
    case 'TIMESTAMP': {
      const { seconds, nanoseconds } = instantOf(String(value)) ?? refuse(type, value)
      return { timestamp_value: { seconds: String(seconds), nanos: nanoseconds } }
    }
    case 'DATETIME': {
      const { packed, nanoseconds } = packedDatetime(String(value)) ?? refuse(type, value)
      return { datetime_value: { bit_field_datetime_seconds: String(packed), nanos: nanoseconds } }
    }
    case 'TIME':
      return { time_value: String(packedTime(String(value)) ?? refuse(type, value)) }
    case 'NUMERIC':
      return { numeric_value: decimalBytes(String(value), numericScale) ?? refuse(type, value) }
    case 'BIGNUMERIC':
      return { bignumeric_value: decimalBytes(String(value), bigNumericScale) ?? refuse(type, value) }
    case 'JSON':
      return { json_value: typeof value === 'string' ? value : JSON.stringify(value) }
    case 'ARRAY': {
      const items = Array.isArray(value) ? (value as readonly SqlValue[]) : refuse(type, value)
      return { array_value: { element: items.map(item => wireValue(type.of, item)) } }
    }
    case 'STRUCT': {
      if (typeof value !== 'object' || Array.isArray(value)) return refuse(type, value)
      const given = value as Readonly<Record<string, SqlValue>>
      const fields = type.fields.map((field, index) => wireValue(field.type, given[field.name || namelessField(index)]))
      return { struct_value: { field: fields } }
    }
    default:
      throw new GoogleSqlError(`values of the type ${type.kind} cannot be given`, { kind: 'unsupported' })
  }
}

function numberOf(value: SqlValue): number | undefined {
  const text = String(value).trim()
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return Number.NaN
  return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : undefined
}

function refuse(type: SqlType, value: SqlValue): never {
  throw new GoogleSqlError(`${JSON.stringify(String(value))} is no ${type.kind}`, { kind: 'data' })
}
