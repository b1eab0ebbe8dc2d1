import type { ColumnType } from '../../authoring/column-type.ts'
import type { Dialect } from './dialect.ts'

const scalars = {
  text: 'varchar',
  integer: 'bigint',
  number: 'decimal(38, 9)',
  real: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
  json: 'json',
}

export const duckdb: Dialect = {
  engine: 'duckdb',
  text: value => `'${value.replaceAll("'", "''")}'`,
  real: value => `cast('${value}' as double)`,
  decimal: value => `cast('${value}' as decimal(38, 9))`,
  date: value => `date '${value}'`,
  timestamp: value => `timestamp '${value}'`,
  identifier,
  type: typeName,
}

function typeName(type: ColumnType): string {
  if (type.kind === 'list') return `${typeName(type.of)}[]`
  if (type.kind === 'record') {
    return `struct(${Object.entries(type.fields)
      .map(([name, field]) => `${identifier(name)} ${typeName(field)}`)
      .join(', ')})`
  }
  return scalars[type.kind]
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
