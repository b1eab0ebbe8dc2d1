import { type ColumnType, describeType } from '../../authoring/column-type.ts'

/** A type of the raw data, with those of the values within. */
export interface RawType {
  /** As DuckDB says it, in lower case. */
  readonly engineType: string
  /** The type of a list's elements. */
  readonly of?: RawType
  readonly fields?: readonly (RawType & { readonly name: string })[]
}

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

/** A type of the data in which a declared one cannot stand, and where within the column: `[].price`; empty where it is the column itself. */
export interface Misfit {
  readonly path: string
  readonly type: ColumnType
  readonly engineType: string
}

/** The first type, of the column or within it, whose values cannot stand in the declared one; single values may still not fit. */
export function misfit(type: ColumnType, raw: RawType, path = ''): Misfit | undefined {
  const kind = physicalKind(raw.engineType)
  if (type.kind === 'list' && kind === 'list') return misfit(type.of, raw.of!, `${path}[]`)
  if (type.kind === 'record' && kind === 'record') {
    for (const [name, of] of Object.entries(type.fields)) {
      const field = fieldOf(raw, name)
      const wrong = field && misfit(of, field, `${path}.${name}`)
      if (wrong) return wrong
    }
    return undefined
  }
  return suits(type.kind, kind, raw.engineType) ? undefined : { path, type, engineType: raw.engineType }
}

/** A field of a record, as DuckDB finds it: whatever the case of its name. */
export function fieldOf(raw: RawType, name: string): RawType | undefined {
  return raw.fields?.find(field => field.name.toLowerCase() === name.toLowerCase())
}

function suits(declared: ColumnType['kind'], kind: PhysicalKind, engineType: string): boolean {
  const isNested = kind === 'list' || kind === 'record' || kind === 'map'
  if (kind === 'bytes') return false
  if (kind === 'text') return true
  switch (declared) {
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
    case 'record':
      return kind === 'json'
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
