import type { ColumnType } from '../../authoring/column-type.ts'
import type { DescribedColumn, DescribedType } from '../warehouse.ts'

/** A type as `describe table` writes it. */
export interface EngineType {
  /** The name that is the same for all that mean it: `number`, `float`, `varchar`, `timestamp_ntz`, `array`. */
  readonly base: string
  /** As Snowflake writes it, in lower case. */
  readonly text: string
  /** Of numbers: digits after the point. */
  readonly scale: number
  /** Of an array that says what it holds. */
  readonly of?: EngineType
  /** Of an object that says what it holds. */
  readonly fields?: readonly { readonly name: string; readonly type: EngineType }[]
}

const synonyms: Readonly<Record<string, string>> = {
  text: 'varchar',
  string: 'varchar',
  char: 'varchar',
  decimal: 'number',
  numeric: 'number',
  fixed: 'number',
  int: 'number',
  integer: 'number',
  bigint: 'number',
  smallint: 'number',
  double: 'float',
  real: 'float',
  datetime: 'timestamp_ntz',
  timestamp: 'timestamp_ntz',
  varbinary: 'binary',
}

/** `NUMBER(38,9)`, `VARCHAR(16777216)`, `ARRAY(NUMBER(38,0))`, `OBJECT(city VARCHAR(16777216), …)` taken apart. */
export function engineType(written: string): EngineType {
  const text = written
    .trim()
    .replace(/\s+not null$/i, '')
    .toLowerCase()
  const [, name = text, inner] = /^(\w+)\s*(?:\((.*)\))?$/s.exec(text) ?? []
  const base = synonyms[name] ?? name
  const parts = inner === undefined ? [] : partsOf(inner)
  const [, scale = '0'] = parts
  const type = { base, text, scale: base === 'number' ? Number(scale) : 0 }
  if (base === 'array' && parts.length === 1) return { ...type, of: engineType(parts[0]!) }
  if (base !== 'object' || parts.length === 0) return type
  const fields = parts.map(part => {
    const [, quoted, plain, rest = ''] = /^(?:"([^"]*)"|(\S+))\s+(.*)$/s.exec(part) ?? []
    return { name: quoted ?? plain ?? part, type: engineType(rest) }
  })
  return { ...type, fields }
}

/** What stands between the commas that are in no brackets. */
function partsOf(inner: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const [at, character] of [...inner].entries()) {
    if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    else if (character === ',' && depth === 0) {
      parts.push(inner.slice(from, at).trim())
      from = at + 1
    }
  }
  parts.push(inner.slice(from).trim())
  return parts.filter(part => part !== '')
}

const kinds: Readonly<Record<string, ColumnType['kind']>> = {
  varchar: 'text',
  float: 'real',
  boolean: 'boolean',
  timestamp_ntz: 'timestamp',
  date: 'date',
  variant: 'json',
}

/** A type in words and, where one holds its values, as a logical type. */
export function describedType(type: EngineType): DescribedType {
  if (type.base === 'number') {
    const kind = type.scale === 0 ? 'integer' : 'number'
    return { engineType: type.text, type: { kind } }
  }
  if (type.of !== undefined) {
    const of = describedType(type.of)
    return { engineType: type.text, type: of.type && { kind: 'list', of: of.type }, of }
  }
  if (type.fields !== undefined) {
    const fields = type.fields.map((field): DescribedColumn => ({ name: field.name, ...describedType(field.type) }))
    const isKnown = fields.every(({ type: of }) => of !== undefined)
    const types = Object.fromEntries(fields.map(({ name, type: of }) => [name, of!]))
    return { engineType: type.text, type: isKnown ? { kind: 'record', fields: types } : undefined, fields }
  }
  const kind = kinds[type.base]
  return { engineType: type.text, type: kind && ({ kind } as ColumnType) }
}
