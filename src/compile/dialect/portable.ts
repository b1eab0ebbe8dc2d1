import type { ColumnType } from '../../authoring/column-type.ts'
import type { Dialect } from './dialect.ts'
import { duckdb } from './duckdb.ts'

const scalars = {
  text: 'text',
  integer: 'bigint',
  number: 'decimal(38, 9)',
  real: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
  json: 'json',
}

/**
 * The author's own text, for the check of the portable core: names and literals that the engine would write are plain, so that whatever
 * stands out is the author's.
 */
export const portable: Dialect = {
  ...duckdb,
  text: () => `'text'`,
  real: () => `cast(0 as double)`,
  decimal: () => `cast(0 as decimal(38, 9))`,
  date: () => `cast('2000-01-01' as date)`,
  timestamp: () => `cast('2000-01-01 00:00:00' as timestamp)`,
  identifier: () => 'named_column',
  type: typeName,
}

function typeName(type: ColumnType): string {
  return type.kind === 'list' || type.kind === 'record' ? 'json' : scalars[type.kind]
}
