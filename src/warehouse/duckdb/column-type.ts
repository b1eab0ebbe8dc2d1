import type { DuckDBType } from '@duckdb/node-api'
import type { ColumnType } from '../../authoring/column-type.ts'

/** The logical type that holds a DuckDB type's values; undefined for those that have none (blobs, maps, intervals, times of day). */
export function logicalType(type: DuckDBType): ColumnType | undefined {
  const name = type.toString()
  if (type.alias === 'JSON') return { kind: 'json' }
  if (name.endsWith('[]') && 'valueType' in type) {
    const of = logicalType(type.valueType as DuckDBType)
    return of && { kind: 'list', of }
  }
  if (name.startsWith('STRUCT') && 'entryNames' in type && 'entryTypes' in type) return recordType(type as StructType)
  if (name.startsWith('DECIMAL')) return { kind: 'number' }
  return scalars[name]
}

interface StructType {
  readonly entryNames: readonly string[]
  readonly entryTypes: readonly DuckDBType[]
}

function recordType({ entryNames, entryTypes }: StructType): ColumnType | undefined {
  const fields: Record<string, ColumnType> = {}
  for (const [index, name] of entryNames.entries()) {
    const field = logicalType(entryTypes[index]!)
    if (!field) return undefined
    fields[name] = field
  }
  return { kind: 'record', fields }
}

const integer: ColumnType = { kind: 'integer' }
const scalars: Readonly<Record<string, ColumnType>> = {
  VARCHAR: { kind: 'text' },
  UUID: { kind: 'text' },
  TINYINT: integer,
  SMALLINT: integer,
  INTEGER: integer,
  INTEGER_LITERAL: integer,
  BIGINT: integer,
  HUGEINT: integer,
  UTINYINT: integer,
  USMALLINT: integer,
  UINTEGER: integer,
  UBIGINT: integer,
  FLOAT: { kind: 'real' },
  DOUBLE: { kind: 'real' },
  BOOLEAN: { kind: 'boolean' },
  TIMESTAMP: { kind: 'timestamp' },
  TIMESTAMP_S: { kind: 'timestamp' },
  TIMESTAMP_MS: { kind: 'timestamp' },
  TIMESTAMP_NS: { kind: 'timestamp' },
  DATE: { kind: 'date' },
}
