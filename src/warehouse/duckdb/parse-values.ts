import { type ColumnType, describeType } from '../../authoring/column-type.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { isWhole, type PhysicalKind, physicalKind } from './physical-types.ts'

/**
 * SQL for a raw value as its declared type; NULL where it is not of that type. `value` is a column or expression of `engineType`;
 * text that is to be parsed comes trimmed, and NULL where it was blank.
 */
export function typedValue(type: ColumnType, engineType: string, value: string): string {
  const kind = physicalKind(engineType)
  if (kind === 'text') return fromText(type, value)
  if (type.kind === 'text') return `cast(${value} as varchar)`
  if (type.kind === 'json') return kind === 'json' ? value : `to_json(${value})`
  if (kind === 'json') return `try_cast(${value} as ${duckdb.type(type)})`
  if (type.kind === 'boolean' && isWhole(engineType)) return fromText(type, `cast(${value} as varchar)`)
  if (isLocal(type) && kind === 'instant') return 'cast(null as timestamp)'
  const utc = kind === 'instant' ? `${value} at time zone 'UTC'` : value
  const cast = `try_cast(${utc} as ${duckdb.type(type)})`
  return hasInfinity(type, kind) ? `case when isfinite(${value}) then ${cast} end` : cast
}

/** What a value of the type looks like in a file. */
export function writtenForm(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return 'text'
    case 'integer':
      return 'a whole number of at most 64 bits, such as 42'
    case 'number':
      return 'a decimal number with a point and at most 29 digits before it, such as 12.50 or 1.25e3'
    case 'real':
      return 'a finite number, such as 0.25 or 2.5e-1'
    case 'boolean':
      return 'true, false, t, f, 1 or 0'
    case 'timestamp':
      if (isLocal(type))
        return 'a local time that names no zone, such as 2026-06-01, 2026-06-01 12:30 or 2026-06-01T12:30:00.123456'
      return 'a timestamp such as 2026-06-01, 2026-06-01 12:30, 2026-06-01T12:30:00.123456Z or 2026-06-01 14:30:00+02:00'
    case 'date':
      return 'a date as year-month-day, such as 2026-06-01'
    case 'json':
      return 'JSON text'
    default:
      return `JSON text of the form ${describeType(type)}`
  }
}

function isLocal(type: ColumnType): boolean {
  return type.kind === 'timestamp' && type.isLocal === true
}

function hasInfinity(type: ColumnType, kind: PhysicalKind): boolean {
  return type.kind === 'timestamp' || type.kind === 'date' || (type.kind === 'real' && kind === 'real')
}

const decimalForm = '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?'
const dayForm = '[0-9]{4}-[0-9]{2}-[0-9]{2}'
const timeForm = '([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?'
const offsetForm = '[+-](0[0-9]|1[0-8])(:?[0-5][0-9])?'
const timestampForm = `${dayForm}([T ]${timeForm}( ?(Z|UTC|${offsetForm}))?)?`
const localForm = `${dayForm}([T ]${timeForm})?`

/** Whole numbers as most are written are told without the pattern, which takes longer. DuckDB's own casts are laxer than a contract should be: 1.5 becomes 2, 1_000 a number, and an offset is dropped unread. */
function fromText(type: ColumnType, value: string): string {
  const matching = (form: string, then: string) => `case when regexp_full_match(${value}, '${form}') then ${then} end`
  switch (type.kind) {
    case 'text':
      return value
    case 'integer':
      return `case when cast(try_cast(${value} as bigint) as varchar) = ${value} then try_cast(${value} as bigint)
        when regexp_full_match(${value}, '[+-]?[0-9]+([.]0+)?') then try_cast(split_part(${value}, '.', 1) as bigint) end`
    case 'number':
      return matching(decimalForm, `try_cast(${value} as ${duckdb.type(type)})`)
    case 'real':
      return `case when regexp_full_match(${value}, '${decimalForm}') and isfinite(try_cast(${value} as double)) then try_cast(${value} as double) end`
    case 'boolean':
      return `case when lower(${value}) in ('true', 't', '1') then true when lower(${value}) in ('false', 'f', '0') then false end`
    case 'date':
      return matching(dayForm, `try_cast(${value} as date)`)
    case 'timestamp':
      return isLocal(type)
        ? matching(localForm, `try_cast(${value} as timestamp)`)
        : matching(timestampForm, instant(value))
    case 'json':
      return `try_cast(${value} as json)`
    default:
      return `try_cast(try_cast(${value} as json) as ${duckdb.type(type)})`
  }
}

function instant(value: string): string {
  const wall = `try_cast(regexp_extract(${value}, '^${dayForm}([T ]${timeForm})?') as timestamp)`
  const offset = (part: number) =>
    `cast(regexp_extract(${value}, ':.*([+-])([0-9]{2}):?([0-9]{2})?$', ${part}) as varchar)`
  const minutes = `(cast(${offset(2)} as integer) * 60 + coalesce(try_cast(${offset(3)} as integer), 0))`
  const signed = `case when ${offset(1)} = '-' then -${minutes} else ${minutes} end`
  return `case when regexp_matches(${value}, ':.*[+-]') then ${wall} - to_minutes(${signed}) else ${wall} end`
}
