import type { ColumnType } from '../authoring/column-type.ts'
import { normalDecimal } from './normal-decimal.ts'

/**
 * A value in the one form that equal values of all engines share: decimals without closing zeros; doubles to twelve digits; dates and instants
 * spelled alike, to the microsecond; JSON by its meaning; a list that is NULL as an empty one, which BigQuery does not tell apart.
 */
export function comparable(type: ColumnType, value: unknown): unknown {
  if (type.kind === 'list') return listOf(value).map(item => comparable(type.of, item))
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'record': {
      const fields = (typeof value === 'string' ? JSON.parse(value) : value) as Readonly<Record<string, unknown>>
      return Object.entries(type.fields).map(([name, field]) => comparable(field, fields[name]))
    }
    case 'number':
      return normalDecimal(String(value))
    case 'real':
      return Number(value) === 0 ? '0' : Number(value).toPrecision(12)
    case 'json':
      return JSON.stringify(sorted(typeof value === 'string' ? JSON.parse(value) : value))
    case 'timestamp':
      return String(value)
        .replace('T', ' ')
        .replace(/(\+00(:00)?|Z| UTC)$/, '')
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
    case 'boolean':
      return value === true || value === 'true'
    default:
      return String(value)
  }
}

/** Lists come as arrays, or as the JSON of one. */
function listOf(value: unknown): readonly unknown[] {
  return ((typeof value === 'string' ? JSON.parse(value) : value) ?? []) as readonly unknown[]
}

/** Objects with their keys in order, which JSON does not tell apart. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
