import type { ColumnType } from '../../authoring/column-type.ts'
import type { Engine } from '../../authoring/macro.ts'

/** How one engine spells literals, names and types. */
export interface Dialect {
  readonly engine: Engine
  /** A text literal. Throws on NUL, which no engine keeps. */
  text(value: string): string
  real(value: number): string
  decimal(value: string): string
  date(value: string): string
  timestamp(value: string): string
  /** A quoted name. Unquoted lower-case names of the contract mean the same. */
  identifier(name: string): string
  type(type: ColumnType): string
}

/** A plain TypeScript value as a literal of the dialect. */
export function literal(dialect: Dialect, value: string | number | bigint | boolean | null): string {
  if (value === null) return 'null'
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new Error('a text value holds the character NUL, which no warehouse keeps')
    return dialect.text(value)
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'number') throw new Error(noValue(value))
  if (!Number.isFinite(value)) throw new Error(`${value} cannot be stored: the engines differ on NaN and infinity`)
  if (!Number.isInteger(value)) return dialect.real(value)
  if (!Number.isSafeInteger(value))
    throw new Error(`${value} is past 2^53 and not exact: write a bigint, like ${BigInt(value)}n`)
  return value.toString()
}

/** Models are run without `tsc`, which would have refused what is no value. */
function noValue(value: unknown): string {
  if (value === undefined) return 'undefined stands in ${}: is its name imported, and spelled as it is exported?'
  return `a ${typeof value} stands in \${}: call it, or write the value itself`
}
