import type { Cell, Row } from '../warehouse.ts'
import { typeNameOf } from './fields.ts'
import type { FieldResource, RowResource } from './resources.ts'

/** A row of an answer as plain data, spelled as DuckDB spells it: the same value is the same text. */
export function rowOf(row: RowResource, fields: readonly FieldResource[]): Row {
  return Object.fromEntries(fields.map((field, index) => [field.name, cellOf(row.f[index]?.v ?? null, field)]))
}

function cellOf(value: unknown, field: FieldResource): Cell {
  if (field.mode === 'REPEATED') {
    const items = (value ?? []) as readonly { readonly v: unknown }[]
    return items.map(({ v }) => cellOf(v, { ...field, mode: 'NULLABLE' }))
  }
  if (value === null || value === undefined) return null
  const text = String(value)
  switch (typeNameOf(field)) {
    case 'int64': {
      const integer = BigInt(text)
      return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
    }
    case 'float64':
      return Number(text)
    case 'bool':
      return text === 'true'
    case 'numeric':
      return ninePlaces(text)
    case 'timestamp':
      return instantOf(text)
    case 'datetime':
      return text.replace('T', ' ')
    case 'struct':
      return rowOf(value as RowResource, field.fields ?? [])
    default:
      return text
  }
}

/** `12.5` as `12.500000000`: decimals have nine places on every engine. */
function ninePlaces(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole}.${fraction.padEnd(9, '0')}`
}

/** Microseconds since 1970 (or, as older answers have it, seconds with a fraction) as `2026-06-01 12:30:00.5`. */
function instantOf(text: string): string {
  const microseconds = /^-?\d+$/.test(text) ? BigInt(text) : microsecondsOf(text)
  const seconds = microseconds / 1_000_000n
  const fraction = microseconds % 1_000_000n
  const [whole, rest] = fraction < 0n ? [seconds - 1n, fraction + 1_000_000n] : [seconds, fraction]
  const instant = new Date(Number(whole) * 1000).toISOString().slice(0, 19).replace('T', ' ')
  return rest === 0n ? instant : `${instant}.${String(rest).padStart(6, '0').replace(/0+$/, '')}`
}

/** `1.7803386E9`, exactly: a double would lose the last digits. */
function microsecondsOf(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.toUpperCase().split('E')
  const isNegative = mantissa.startsWith('-')
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const shift = Number(exponent) + 6
  const digits = fraction.padEnd(Math.max(0, shift), '0')
  const value = BigInt(`${whole}${digits.slice(0, Math.max(0, shift))}`)
  return isNegative ? -value : value
}
