/**
 * The logical types, the same on every engine: `text`, `integer` (64 bit), `number` (decimal(38, 9), for money), `real` (double),
 * `boolean`, `timestamp` (an instant in UTC, to the microsecond), `date`, `json`, lists and records of these. A raw timestamp that is
 * local is what a clock on some wall showed, and no instant yet.
 */
export type ColumnType =
  | { readonly kind: ScalarType; readonly isLocal?: true }
  | { readonly kind: 'list'; readonly of: ColumnType }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, ColumnType>> }

export type ScalarType = 'text' | 'integer' | 'number' | 'real' | 'boolean' | 'timestamp' | 'date' | 'json'
export type TypeName = ColumnType['kind']

/** What a value of a type is in TypeScript, where rows are written down (unit tests, examples). NULL is always `null`. */
export interface ValueOfType {
  text: string
  /** Past 2^53 write a bigint. */
  integer: number | bigint
  /** A decimal as text (`'12.50'`), or a whole number. */
  number: string | number
  real: number
  boolean: boolean
  /** `'2026-06-01 12:30:00'` or with up to six digits of a second; UTC. */
  timestamp: string
  /** `'2026-06-01'` */
  date: string
  /** JSON text. */
  json: string
  list: readonly unknown[]
  record: Readonly<Record<string, unknown>>
}

/** `list(text)`, `record({a: integer})` or the scalar's name, for messages. */
export function describeType(type: ColumnType): string {
  if (type.kind === 'list') return `list(${describeType(type.of)})`
  if (type.kind === 'record') {
    const fields = Object.entries(type.fields).map(([name, field]) => `${name}: ${describeType(field)}`)
    return `record({ ${fields.join(', ')} })`
  }
  return type.kind
}
