import { type ColumnType, describeType } from '../../authoring/column-type.ts'

/** What kind of values a DuckDB type holds, as far as a contract cares. */
export type PhysicalKind =
  | 'text'
  | 'whole'
  | 'decimal'
  | 'real'
  | 'boolean'
  | 'instant'
  | 'timestamp'
  | 'date'
  | 'json'
  | 'list'
  | 'record'
  | 'map'
  | 'bytes'
  | 'other'

/** The kind of a DuckDB type as `describe` spells it, in lower case. */
export function physicalKind(engineType: string): PhysicalKind {
  if (/\]$/.test(engineType)) return 'list'
  if (engineType.startsWith('struct(')) return 'record'
  if (/^(map|union|variant)\b/.test(engineType)) return 'map'
  if (/^u?(tinyint|smallint|integer|bigint|hugeint)$/.test(engineType)) return 'whole'
  if (engineType.startsWith('decimal')) return 'decimal'
  if (engineType === 'float' || engineType === 'double') return 'real'
  if (engineType === 'timestamp with time zone' || engineType === 'timestamptz') return 'instant'
  if (engineType.startsWith('timestamp')) return 'timestamp'
  if (engineType === 'varchar') return 'text'
  if (engineType === 'blob' || engineType === 'bit' || engineType.startsWith('geometry')) return 'bytes'
  if (engineType === 'boolean' || engineType === 'date' || engineType === 'json') return engineType
  return 'other'
}

/** Whole numbers, decimals without a fraction among them: some systems write every integer so. */
export function isWhole(engineType: string): boolean {
  return physicalKind(engineType) === 'whole' || /^decimal\(\d+,\s*0\)$/.test(engineType)
}

/** Whether values of a DuckDB type can stand in a column of the declared type; single values may still not fit. */
export function suits(type: ColumnType, engineType: string): boolean {
  const kind = physicalKind(engineType)
  const isNested = kind === 'list' || kind === 'record' || kind === 'map'
  if (kind === 'bytes') return false
  if (kind === 'text') return true
  switch (type.kind) {
    case 'text':
      return !isNested
    case 'integer':
      return isWhole(engineType)
    case 'number':
    case 'real':
      return kind === 'whole' || kind === 'decimal' || kind === 'real'
    case 'boolean':
      return kind === 'boolean' || isWhole(engineType)
    case 'timestamp':
      return kind === 'timestamp' || kind === 'instant' || kind === 'date'
    case 'date':
      return kind === 'date'
    case 'json':
      return kind === 'json' || isNested
    case 'list':
      return kind === 'list' || kind === 'json'
    case 'record':
      return kind === 'record' || kind === 'json'
  }
}

/** What may stand in a column of the declared type, for a message. */
export function suitable(type: ColumnType): string {
  const forms: Readonly<Record<ColumnType['kind'], string>> = {
    text: 'any single value',
    integer: 'a whole-number type or text',
    number: 'a numeric type or text',
    real: 'a numeric type or text',
    boolean: 'a boolean, a whole-number type or text',
    timestamp: 'a timestamp, a date or text',
    date: 'a date or text',
    json: 'json, a nested type or text',
    list: 'a list, json or text',
    record: 'a struct, json or text',
  }
  return `${describeType(type)}, stored as ${forms[type.kind]}`
}
