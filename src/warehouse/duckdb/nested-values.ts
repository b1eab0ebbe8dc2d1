import type { ColumnType } from '../../authoring/column-type.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { type Condition, conditionSql } from './conditions.ts'
import { typedValue } from './parse-values.ts'
import { fieldOf, physicalKind, type RawType } from './physical-types.ts'

/** A way in which a raw value may not be of its declared type. */
export interface Fault {
  /** Holds wherever the value has this fault, and maybe elsewhere; quick to tell. */
  readonly suspect: Condition
  /** SQL: holds where the value has this fault, of those that are suspect. */
  readonly holds: string
  /** The place within the column, `event_params[].value.int_value`. */
  readonly name: string
  readonly type: ColumnType
}

/** SQL for a raw value as its declared type, however nested: fields by their names, those that are missing NULL, others dropped. */
export function typed(type: ColumnType, raw: RawType, value: string, depth = 0): string {
  if (type.kind !== 'list' && type.kind !== 'record') return typedScalar(type, raw, value)
  const opened = openJson(type, raw, value)
  if (isAsDeclared(type, opened.raw)) return opened.value
  if (type.kind === 'list') {
    const element = typed(type.of, opened.raw.of!, `x${depth}`, depth + 1)
    return `list_transform(${opened.value}, lambda x${depth}: ${element})`
  }
  const fields = Object.entries(type.fields).map(([name, of]) => {
    const field = fieldOf(opened.raw, name)
    const given = field ? typed(of, field, fieldValue(opened.value, name), depth) : `cast(null as ${duckdb.type(of)})`
    return `${duckdb.identifier(name)} := ${given}`
  })
  return `case when ${opened.value} is not null then struct_pack(${fields.join(', ')}) end`
}

/**
 * All ways in which values within may not be of their types, each told apart. A list or record that stands in JSON within a list or record of
 * another make is only looked at as a whole.
 */
export function faultsOf(type: ColumnType, raw: RawType, value: string, name: string, depth = 0): readonly Fault[] {
  if (type.kind !== 'list' && type.kind !== 'record') {
    if (type.kind === 'text' || isAsDeclared(type, raw)) return []
    const given = prepared(type, raw, value)
    return [faultWhere({ sql: `(${given} is not null and ${typedScalar(type, raw, value)} is null)` }, name, type)]
  }
  const opened = openJson(type, raw, value)
  const unread = opened.value === value ? [] : [faultWhere(isUnread(raw, value, opened.value), name, type)]
  if (type.kind === 'list') {
    const within = faultsOf(type.of, opened.raw.of!, `x${depth}`, `${name}[]`, depth + 1)
    const ofList = within.map(fault =>
      faultWhere({ list: opened.value, depth, element: fault.suspect }, fault.name, fault.type),
    )
    return [...unread, ...ofList]
  }
  const within = Object.entries(type.fields).flatMap(([key, of]) => {
    const field = fieldOf(opened.raw, key)
    return field ? faultsOf(of, field, fieldValue(opened.value, key), `${name}.${key}`, depth) : []
  })
  return [...unread, ...within]
}

/** The fault of a value for which this condition holds. */
export function faultWhere(condition: Condition, name: string, type: ColumnType): Fault {
  return { suspect: condition, holds: conditionSql(condition), name, type }
}

export function fieldValue(record: string, name: string): string {
  return `struct_extract(${record}, ${duckdb.text(name)})`
}

/** Lists and records that stand in text or JSON, with all single values in them as text. */
export function openJson(
  type: ColumnType,
  raw: RawType,
  value: string,
): { readonly raw: RawType; readonly value: string } {
  const kind = physicalKind(raw.engineType)
  if (kind !== 'text' && kind !== 'json') return { raw, value }
  return { raw: jsonType(type), value: `from_json(${jsonOf(raw, value)}, ${duckdb.text(jsonStructure(type))})` }
}

/** The value as JSON; NULL where its text is none. */
export function jsonOf({ engineType }: RawType, value: string): string {
  return physicalKind(engineType) === 'json' ? value : `try_cast(nullif(trim(${value}), '') as json)`
}

/** Whether a value that there is was not read, because its text is no JSON, or JSON of another form. */
export function isUnread(raw: RawType, value: string, opened: string): Condition {
  const given = physicalKind(raw.engineType) === 'json' ? `cast(${value} as varchar)` : `trim(${value})`
  return { sql: `(${opened} is null and ${given} not in ('', 'null'))` }
}

/** What `from_json` makes of JSON of this form. */
export function jsonType(type: ColumnType): RawType {
  if (type.kind === 'list') return { engineType: 'varchar[]', of: jsonType(type.of) }
  if (type.kind === 'record') {
    const fields = Object.entries(type.fields).map(([name, of]) => ({ name, ...jsonType(of) }))
    return { engineType: 'struct()', fields }
  }
  return { engineType: type.kind === 'json' ? 'json' : 'varchar' }
}

/** The form of JSON as `from_json` takes it. */
export function jsonStructure(type: ColumnType): string {
  return JSON.stringify(structure(type))
}

function structure(type: ColumnType): unknown {
  if (type.kind === 'list') return [structure(type.of)]
  if (type.kind !== 'record') return type.kind === 'json' ? 'JSON' : 'VARCHAR'
  return Object.fromEntries(Object.entries(type.fields).map(([name, of]) => [name, structure(of)]))
}

function typedScalar(type: ColumnType, raw: RawType, value: string): string {
  return typedValue(type, raw.engineType, prepared(type, raw, value))
}

/** Text that is to be parsed comes trimmed, and NULL where it was blank. */
export function prepared(type: ColumnType, { engineType }: RawType, value: string): string {
  return engineType === 'varchar' && type.kind !== 'text' ? `nullif(trim(${value}), '')` : value
}

/** Whether the raw type is the declared one already, field by field, so that no value can be at fault. */
function isAsDeclared(type: ColumnType, raw: RawType): boolean {
  if (type.kind === 'list') return raw.of !== undefined && isAsDeclared(type.of, raw.of)
  if (type.kind !== 'record') return raw.engineType === asDeclared[type.kind]
  const names = Object.keys(type.fields)
  const { fields = [] } = raw
  if (fields.map(({ name }) => name).join('\n') !== names.join('\n')) return false
  return names.every((name, index) => isAsDeclared(type.fields[name]!, fields[index]!))
}

/** Types whose every value is as declared: infinite times and doubles that are not numbers are looked for. */
const asDeclared: Readonly<Partial<Record<ColumnType['kind'], string>>> = {
  text: 'varchar',
  integer: 'bigint',
  number: 'decimal(38,9)',
  boolean: 'boolean',
  json: 'json',
}
