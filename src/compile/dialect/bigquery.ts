import type { ColumnType } from '../../authoring/column-type.ts'
import { backslashed } from './backslashed.ts'
import type { Dialect } from './dialect.ts'

const scalars = {
  text: 'string',
  integer: 'int64',
  number: 'numeric',
  real: 'float64',
  boolean: 'bool',
  timestamp: 'timestamp',
  date: 'date',
  json: 'json',
}

export const bigquery: Dialect = {
  engine: 'bigquery',
  text: backslashed,
  real: value => `cast('${value}' as float64)`,
  decimal: value => `numeric '${value}'`,
  date: value => `date '${value}'`,
  timestamp: value => `timestamp '${value}+00'`,
  identifier: name => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  type: typeName,
}

function typeName(type: ColumnType): string {
  if (type.kind === 'list') return `array<${typeName(type.of)}>`
  if (type.kind === 'record') {
    return `struct<${Object.entries(type.fields)
      .map(([name, field]) => `${name} ${typeName(field)}`)
      .join(', ')}>`
  }
  return scalars[type.kind]
}
