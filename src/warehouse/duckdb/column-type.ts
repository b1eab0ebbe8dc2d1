import type { DuckDBType } from '@duckdb/node-api'
import type { ColumnType } from '../../authoring/column-type.ts'
import type { DescribedType } from '../warehouse.ts'

/** A DuckDB type in words, with those of the values within. */
export function describedType(type: DuckDBType): DescribedType {
  const described = { engineType: (type.alias ?? type.toString()).toLowerCase(), type: logicalType(type) }
  if (isRecord(type)) {
    const fields = type.entryNames.map((name, index) => ({ name, ...describedType(type.entryTypes[index]!) }))
    return { ...described, fields }
  }
  return isList(type) ? { ...described, of: describedType(type.valueType) } : described
}

/** The logical type that holds a DuckDB type's values; undefined for those that have none (blobs, maps, intervals, times of day). */
function logicalType(type: DuckDBType): ColumnType | undefined {
  const name = type.toString()
  if (type.alias === 'JSON') return { kind: 'json' }
  if (isList(type) && name.endsWith('[]')) {
    const of = logicalType(type.valueType)
    return of && { kind: 'list', of }
  }
  if (isRecord(type)) return recordType(type)
  if (name.startsWith('DECIMAL')) return { kind: 'number' }
  return scalars[name]
}

function isList(type: DuckDBType): type is DuckDBType & { readonly valueType: DuckDBType } {
  return type.toString().endsWith(']') && 'valueType' in type
}

function isRecord(type: DuckDBType): type is DuckDBType & StructType {
  return type.toString().startsWith('STRUCT') && 'entryNames' in type && 'entryTypes' in type
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
