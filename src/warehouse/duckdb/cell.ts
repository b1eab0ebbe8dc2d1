import { DuckDBListValue, DuckDBStructValue, type DuckDBValue } from '@duckdb/node-api'
import type { Cell } from '../warehouse.ts'

/** A DuckDB value as plain data: what has no plain form (dates, instants, decimals) as DuckDB's own text. */
export function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (value instanceof DuckDBListValue) return value.items.map(cellOf)
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, field]) => [name, cellOf(field)]))
  }
  return value.toString()
}
