import type { Dialect } from './dialect.ts'

/** A decimal, date or instant as a literal of the dialect. */
export function typedLiteral(dialect: Dialect, type: 'number' | 'date' | 'timestamp', value: string): string {
  if (type === 'number') return dialect.decimal(value)
  return type === 'date' ? dialect.date(value) : dialect.timestamp(value)
}
