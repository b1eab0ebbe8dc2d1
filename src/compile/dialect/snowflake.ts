import type { ColumnType } from '../../authoring/column-type.ts'
import { backslashed } from './backslashed.ts'
import type { Dialect } from './dialect.ts'

const scalars = {
  text: 'varchar',
  integer: 'number(38, 0)',
  number: 'number(38, 9)',
  real: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp_ntz(6)',
  date: 'date',
  json: 'variant',
}

export const snowflake: Dialect = {
  engine: 'snowflake',
  text: backslashed,
  real: value => `cast('${value}' as double)`,
  decimal: value => `cast('${value}' as number(38, 9))`,
  date: value => `cast('${value}' as date)`,
  timestamp: value => `cast('${value}' as timestamp_ntz(6))`,
  identifier: name => `"${name.toUpperCase().replaceAll('"', '""')}"`,
  type: typeName,
}

function typeName(type: ColumnType): string {
  if (type.kind === 'list') return `array(${typeName(type.of)})`
  if (type.kind === 'record') {
    return `object(${Object.entries(type.fields)
      .map(([name, field]) => `${name} ${typeName(field)}`)
      .join(', ')})`
  }
  return scalars[type.kind]
}
