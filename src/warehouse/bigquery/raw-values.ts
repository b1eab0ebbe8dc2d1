import type { ColumnType } from '../../authoring/column-type.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import { typeNameOf } from './fields.ts'
import { fieldNamed } from './raw-fields.ts'
import type { FieldResource } from './resources.ts'

/** SQL for a raw value as its declared type, however nested: fields by their names, those that are missing NULL, others dropped. */
export function typedValue(type: ColumnType, field: FieldResource, value: string, depth = 0): string {
  if (type.kind === 'list' && field.mode === 'REPEATED') {
    const element = typedValue(type.of, { ...field, mode: 'NULLABLE' }, `x${depth}`, depth + 1)
    if (element === `x${depth}`) return value
    return `array(select ${element} from unnest(${value}) as x${depth} with offset as o${depth} order by o${depth})`
  }
  if (type.kind === 'record') {
    const fields = Object.entries(type.fields).map(([name, of]) => {
      const inner = fieldNamed(field.fields, name)
      const given = inner ? typedValue(of, inner, `${value}.${bigquery.identifier(inner.name)}`, depth) : nullOf(of)
      return `${given} as ${bigquery.identifier(name)}`
    })
    return `if(${value} is null, null, struct(${fields.join(', ')}))`
  }
  return typedScalar(type, field, value)
}

export function nullOf(type: ColumnType): string {
  return `cast(null as ${bigquery.type(type)})`
}

/** Whether single values may not be of the declared type, so that the rows have to be looked at. */
export function mayBeBad(type: ColumnType, field: FieldResource): boolean {
  if (field.mode === 'REPEATED' || type.kind === 'list' || type.kind === 'record' || type.kind === 'text') return false
  const from = typeNameOf(field)
  return from === 'string' || (type.kind === 'number' && from !== 'int64' && from !== 'numeric')
}

function typedScalar(type: ColumnType, field: FieldResource, value: string): string {
  const from = typeNameOf(field)
  const to = bigquery.type(type)
  if (type.kind === 'json') {
    if (field.mode === 'REPEATED' || from === 'struct') return `to_json(${value})`
    return from === 'string' ? `safe.parse_json(${value})` : value
  }
  if (from === to) return value
  if (type.kind === 'text') return textOf(field, value)
  if (type.kind === 'boolean' && from === 'int64') return `(${value} <> 0)`
  if (from === 'string') return `safe_cast(nullif(trim(${value}), '') as ${to})`
  return `${mayBeBad(type, field) ? 'safe_cast' : 'cast'}(${value} as ${to})`
}

/**
 * A value as DuckDB writes it, so that both engines give a row the same name. Equal for text, whole numbers, booleans, days, instants and decimals of
 * nine places; not for what has no spelling that both know: lists, records and JSON (here as JSON), and doubles past 15 digits.
 */
export function textOf(field: FieldResource, value: string): string {
  if (field.mode === 'REPEATED') return `to_json_string(${value})`
  switch (typeNameOf(field)) {
    case 'string':
      return value
    case 'timestamp':
      return withoutZeros(`format_timestamp('%F %H:%M:%E6S', ${value})`)
    case 'datetime':
      return withoutZeros(`format_datetime('%F %H:%M:%E6S', ${value})`)
    case 'numeric':
      return `format('%.9f', ${value})`
    case 'float64':
      return `regexp_replace(cast(${value} as string), r'^(-?[0-9]+)$', r'\\1.0')`
    case 'bytes':
      return `to_hex(${value})`
    case 'struct':
    case 'json':
    case 'geography':
    case 'range':
      return `to_json_string(${value})`
    default:
      return `cast(${value} as string)`
  }
}

/** `12:00:00.500000` as `12:00:00.5`, `12:00:00.000000` as `12:00:00`. */
function withoutZeros(text: string): string {
  return `regexp_replace(${text}, r'\\.?0+$', '')`
}

/** A name for the row's content: every value in order, its length before it, so that no two rows share a text; NULL is a dash. */
export function rowId(fields: readonly FieldResource[], of: string): string {
  const values = fields.map(field => {
    const text = textOf(field, `${of}.${bigquery.identifier(field.name)}`)
    return `coalesce(concat(cast(byte_length(${text}) as string), ':', ${text}), '-')`
  })
  return `to_hex(sha256(array_to_string([${values.join(', ')}], ',')))`
}
