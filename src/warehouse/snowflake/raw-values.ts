import type { ColumnType } from '../../authoring/column-type.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import type { FoundColumn } from './objects.ts'
import type { EngineType } from './types.ts'

/**
 * SQL for a raw value as its declared type. Lists and records stay an ARRAY and an OBJECT that do not say what they hold: the macros read them
 * by name, and a cast to a structured type fails where a value has a key more or a key less than was declared.
 */
export function typedValue(type: ColumnType, { type: from }: Pick<FoundColumn, 'type'>, value: string): string {
  if (type.kind === 'json' || type.kind === 'list' || type.kind === 'record') return nestedValue(type, from, value)
  if (from.base === 'variant') return typedText(type, `nullif(trim(cast(${value} as varchar)), '')`, value)
  if (type.kind === 'text') return textOf(from, value)
  if (from.base === 'varchar') return typedText(type, `nullif(trim(${value}), '')`, value)
  if (type.kind === 'boolean' && from.base === 'number') return `(${value} <> 0)`
  if (type.kind === 'integer' && from.scale > 0)
    return `iff(${value} = trunc(${value}), cast(${value} as ${named(type)}), null)`
  if (type.kind === 'timestamp') return instantOf(from, value)
  return `cast(${value} as ${named(type)})`
}

export function nullOf(type: ColumnType): string {
  const isNested = type.kind === 'list' || type.kind === 'record'
  return `cast(null as ${isNested ? nestedName(type) : named(type)})`
}

/** Whether single values may not be of the declared type, so that the rows have to be looked at. */
export function mayBeBad(type: ColumnType, { type: from }: Pick<FoundColumn, 'type'>): boolean {
  if (type.kind === 'text') return false
  if (from.base === 'varchar' || (from.base === 'variant' && type.kind !== 'json')) return true
  return type.kind === 'integer' && from.scale > 0
}

/** Whether a raw value says something, so that nothing in its place is a fault. */
export function isFilled({ type: from }: Pick<FoundColumn, 'type'>, value: string): string {
  if (from.base === 'varchar') return `trim(${value}) <> ''`
  if (from.base === 'variant') return `coalesce(trim(cast(${value} as varchar)), '') <> ''`
  return `${value} is not null`
}

const named = (type: ColumnType): string => snowflake.type(type)
const nestedName = ({ kind }: ColumnType): string => (kind === 'list' ? 'array' : 'object')

function nestedValue(type: ColumnType, from: EngineType, value: string): string {
  const variant =
    from.base === 'varchar' ? `try_parse_json(${value})` : from.base === 'variant' ? value : `to_variant(${value})`
  if (type.kind === 'json') return `iff(is_null_value(${variant}), null, ${variant})`
  const name = nestedName(type)
  if (from.base === name) return from.of || from.fields ? `cast(${value} as ${name})` : value
  return `iff(typeof(${variant}) = '${name.toUpperCase()}', cast(${variant} as ${name}), null)`
}

/** What a text says, or NULL where it does not say it. */
function typedText(type: ColumnType, text: string, value: string): string {
  switch (type.kind) {
    case 'text':
      return `cast(${value} as varchar)`
    case 'timestamp':
      // Without the day's dashes, digits would be read as seconds.
      return `iff(${text} like '____-__-__%', cast(convert_timezone('UTC', try_cast(${text} as timestamp_tz)) as ${named(type)}), null)`
    case 'date':
      return `iff(${text} like '____-__-__%', try_cast(left(${text}, 10) as date), null)`
    default:
      return `try_cast(${text} as ${named(type)})`
  }
}

function instantOf(from: EngineType, value: string): string {
  const to = snowflake.type({ kind: 'timestamp' })
  if (from.base === 'timestamp_ltz' || from.base === 'timestamp_tz')
    return `cast(convert_timezone('UTC', ${value}) as ${to})`
  return `cast(${value} as ${to})`
}

/**
 * A value as DuckDB writes it, so that both engines give a row the same name. Equal for text, whole numbers, booleans, days, instants and decimals;
 * not for what has no spelling that both know: lists, records and JSON (here as JSON), and doubles past 15 digits.
 */
export function textOf(from: EngineType, value: string): string {
  switch (from.base) {
    case 'varchar':
      return value
    case 'float':
      return `regexp_replace(cast(${value} as varchar), '^(-?[0-9]+)$', '\\\\1.0')`
    case 'date':
      return `to_varchar(${value}, 'YYYY-MM-DD')`
    case 'time':
      return `regexp_replace(to_varchar(${value}, 'HH24:MI:SS.FF6'), '[.]?0+$', '')`
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return `regexp_replace(to_varchar(${instantOf(from, value)}, 'YYYY-MM-DD HH24:MI:SS.FF6'), '[.]?0+$', '')`
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
      return `to_json(to_variant(${value}))`
    case 'binary':
      return `hex_encode(${value}, 0)`
    default:
      return `cast(${value} as varchar)`
  }
}

/** A name for the row's content: every value in order, its length before it, so that no two rows share a text; NULL is a dash. */
export function rowId(columns: readonly FoundColumn[], of: string): string {
  const values = columns.map(({ name, type }) => {
    const text = textOf(type, `${of}.${quoted(name)}`)
    return `coalesce(octet_length(cast(${text} as varchar)) || ':' || ${text}, '-')`
  })
  return `sha2(${values.join(` || ',' || `)}, 256)`
}

/** A name as Snowflake has it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
