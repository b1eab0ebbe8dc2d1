import type { ColumnType } from '../../authoring/column-type.ts'
import type { DescribedColumn, DescribedType } from '../warehouse.ts'
import type { FieldResource } from './resources.ts'

const fieldTypes = {
  text: 'STRING',
  integer: 'INTEGER',
  number: 'NUMERIC',
  real: 'FLOAT',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
  json: 'JSON',
} as const

/** A field of a table's schema for a logical type. */
export function fieldOf(name: string, type: ColumnType, description?: string): FieldResource {
  const told = description === undefined ? {} : { description }
  if (type.kind === 'list') return { ...fieldOf(name, type.of), ...told, mode: 'REPEATED' }
  if (type.kind === 'record') {
    const fields = Object.entries(type.fields).map(([field, of]) => fieldOf(field, of))
    return { name, type: 'RECORD', mode: 'NULLABLE', ...told, fields }
  }
  return { name, type: fieldTypes[type.kind], mode: 'NULLABLE', ...told }
}

const standardNames: Readonly<Record<string, string>> = {
  INTEGER: 'int64',
  FLOAT: 'float64',
  BOOLEAN: 'bool',
  RECORD: 'struct',
}

/** The type's name in SQL, the same for the two names that the API has for some: `int64`, `struct`. */
export function typeNameOf({ type }: Pick<FieldResource, 'type'>): string {
  return standardNames[type] ?? type.toLowerCase()
}

const kinds: Readonly<Record<string, ColumnType['kind']>> = {
  string: 'text',
  int64: 'integer',
  numeric: 'number',
  float64: 'real',
  bool: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
  json: 'json',
}

export function describedColumn(field: FieldResource): DescribedColumn {
  return { name: field.name, ...describedType(field) }
}

/** A field's type in words and, where one holds its values, as a logical type. */
export function describedType(field: FieldResource): DescribedType {
  if (field.mode === 'REPEATED') {
    const of = describedType({ ...field, mode: 'NULLABLE' })
    const type = of.type && ({ kind: 'list', of: of.type } as const)
    return { engineType: `array<${of.engineType}>`, type, of }
  }
  const name = typeNameOf(field)
  if (name !== 'struct') {
    const kind = kinds[name]
    return { engineType: name, type: kind && ({ kind } as ColumnType) }
  }
  const fields = (field.fields ?? []).map(describedColumn)
  const known = fields.every(({ type }) => type !== undefined)
  const types = Object.fromEntries(fields.map(({ name, type }) => [name, type!]))
  const words = fields.map(({ name, engineType }) => `${name} ${engineType}`)
  return {
    engineType: `struct<${words.join(', ')}>`,
    type: known ? { kind: 'record', fields: types } : undefined,
    fields,
  }
}
