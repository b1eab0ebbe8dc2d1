import type { Column } from 'snowflake-sdk'
import type { ColumnType } from '../../authoring/column-type.ts'
import type { Cell, DescribedColumn, Row } from '../warehouse.ts'

/** What the driver gives as the text that came, so that no digit is lost; NULL stays null (`representNullAsStringNull: false`). */
export const asText = ['Number', 'JSON', 'Buffer'] as const

/** An instant, as the driver gives it: a Date to the millisecond, which has the rest beside it. */
interface DriverDate {
  getEpochSeconds(): number
  getNanoSeconds(): number
  /** Minutes east of Greenwich where the column has a zone. */
  getTimezone(): string | number | undefined
}

/** A row of an answer as plain data, spelled as DuckDB spells it: the same value is the same text. Names are in lower case. */
export function rowOf(values: readonly unknown[], columns: readonly Column[]): Row {
  return Object.fromEntries(
    columns.map((column, index) => [column.getName().toLowerCase(), cellOf(values[index] ?? null, column)]),
  )
}

function cellOf(value: unknown, column: Column): Cell {
  if (value === null) return null
  switch (column.getType().toLowerCase()) {
    case 'fixed':
      return column.getScale() > 0 ? ninePlaces(String(value)) : integerOf(String(value))
    case 'real':
      return realOf(String(value))
    case 'date':
      return dayOf(value as DriverDate)
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return instantOf(value as DriverDate)
    case 'boolean':
      return value as boolean
    case 'array':
      return JSON.parse(String(value)) as readonly unknown[]
    case 'variant':
    case 'object':
    case 'map':
      return compactJson(String(value))
    default:
      return String(value)
  }
}

function integerOf(text: string): number | bigint {
  const integer = BigInt(text)
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
}

function realOf(text: string): number {
  if (/^-?inf/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(text)
}

/** `12.5` as `12.500000000`: decimals have nine places on every engine. */
function ninePlaces(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole === '' || whole === '-' ? `${whole}0` : whole}.${fraction.padEnd(9, '0')}`
}

function dayOf(value: DriverDate): string {
  return new Date(value.getEpochSeconds() * 1000).toISOString().slice(0, 10)
}

/** In UTC, without the zeros at the end of the fraction. */
function instantOf(value: DriverDate): string {
  const seconds = new Date(value.getEpochSeconds() * 1000).toISOString().slice(0, 19).replace('T', ' ')
  const nanoseconds = value.getNanoSeconds()
  return nanoseconds === 0 ? seconds : `${seconds}.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
}

/** Without the blanks and line ends that Snowflake sets between its parts. */
function compactJson(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? '')
}

const kinds: Readonly<Record<string, ColumnType['kind']>> = {
  text: 'text',
  real: 'real',
  boolean: 'boolean',
  timestamp_ntz: 'timestamp',
  date: 'date',
  variant: 'json',
}

/** A column of an answer: its type in words and, where one holds its values, as a logical type. */
export function describedColumn(column: Column): DescribedColumn {
  const name = column.getName().toLowerCase()
  const type = column.getType().toLowerCase()
  if (type === 'fixed') {
    const scale = column.getScale()
    const kind = scale === 0 ? 'integer' : 'number'
    return { name, engineType: `number(${column.getPrecision()},${scale})`, type: { kind } }
  }
  const kind = kinds[type]
  const words = type === 'text' ? 'varchar' : type.startsWith('time') ? `${type}(${column.getScale()})` : type
  return { name, engineType: words, type: kind && ({ kind } as ColumnType) }
}
