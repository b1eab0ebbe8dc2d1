import { type ColumnType, describeType } from '../../authoring/column-type.ts'
import { day, decimal, instant } from '../../authoring/sql.ts'
import { literal } from '../../compile/dialect/dialect.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { typedLiteral } from '../../compile/dialect/typed-literal.ts'

/** What keeps a value that somebody wrote down from being of a column's type, as the end of a sentence; undefined where it is. NULL is of every type. */
export function faultOf(type: ColumnType, value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  if (type.kind === 'list') {
    if (!Array.isArray(value)) return wrong(type, 'write an array', value)
    return value.map(item => faultOf(type.of, item)).find(fault => fault !== undefined)
  }
  if (type.kind === 'record') {
    if (typeof value !== 'object' || Array.isArray(value)) return wrong(type, 'write an object of its fields', value)
    const strange = Object.keys(value).find(name => !(name in type.fields))
    if (strange !== undefined) return `a ${describeType(type)} has no field '${strange}'`
    const fields = Object.entries(type.fields)
    return fields
      .map(([name, field]) => faultOf(field, (value as Readonly<Record<string, unknown>>)[name]))
      .find(fault => fault !== undefined)
  }
  return accepts[type.kind](value) ? undefined : wrong(type, howToWrite[type.kind], value)
}

function wrong(type: ColumnType, how: string, value: unknown): string {
  return `it is ${describeType(type)}: ${how}, and not ${jsonOf(value)}`
}

type Scalar = Exclude<ColumnType['kind'], 'list' | 'record'>

const accepts: Readonly<Record<Scalar, (value: unknown) => boolean>> = {
  text: value => typeof value === 'string',
  integer: value => Number.isSafeInteger(value) || (typeof value === 'bigint' && BigInt.asIntN(64, value) === value),
  number: value =>
    (typeof value === 'string' || typeof value === 'bigint' || Number.isSafeInteger(value)) &&
    succeeds(() => decimal(String(value))),
  real: value => typeof value === 'number' && Number.isFinite(value),
  boolean: value => typeof value === 'boolean',
  timestamp: value => typeof value === 'string' && succeeds(() => instant(value)),
  date: value => typeof value === 'string' && succeeds(() => day(value)),
  json: value => typeof value === 'string' && succeeds(() => JSON.parse(value)),
}

const howToWrite: Readonly<Record<Scalar, string>> = {
  text: "write text, like 'web'",
  integer: 'write a whole number of 64 bits (past 2^53 a bigint)',
  number: "write a decimal as text, like '12.50', with up to nine decimals, or a whole number",
  real: 'write a finite number',
  boolean: 'write true or false',
  timestamp: "write UTC, like '2026-06-01 12:30:00', with up to six digits of a second",
  date: "write a day, like '2026-06-01'",
  json: `write JSON text, like '{"a": 1}'`,
}

function succeeds(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}

/** A value without a fault as a literal of DuckDB, typed. */
export function literalOf(type: ColumnType, value: unknown): string {
  const name = duckdb.type(type)
  if (value === null || value === undefined) return `cast(null as ${name})`
  switch (type.kind) {
    case 'number':
    case 'date':
      return typedLiteral(duckdb, type.kind, String(value))
    case 'timestamp':
      return typedLiteral(duckdb, 'timestamp', instantText(String(value)))
    case 'list':
    case 'record':
      return `cast(cast(${duckdb.text(jsonOf(withAllFields(type, value)))} as json) as ${name})`
    default:
      return `cast(${literal(duckdb, value as string | number | bigint | boolean)} as ${name})`
  }
}

/** Fields that a record leaves out are NULL, as columns of a row are. */
function withAllFields(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (type.kind === 'list') return (value as readonly unknown[]).map(item => withAllFields(type.of, item))
  if (type.kind !== 'record') return value
  const fields = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(type.fields).map(([name, of]) => [name, withAllFields(of, fields[name])]))
}

/** The same value in the same form, whoever wrote it: `'12.5'` for `'12.500000000'`, a wall clock without empty decimals, JSON parsed. */
export function plainOf(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'integer':
      return String(value)
    case 'number':
      return decimalText(String(value))
    case 'real':
      return Number(value)
    case 'timestamp':
      return instantText(String(value))
    case 'json':
      return JSON.parse(String(value))
    case 'list':
      return (value as readonly unknown[]).map(item => plainOf(type.of, item))
    case 'record': {
      const fields = value as Readonly<Record<string, unknown>>
      return Object.fromEntries(Object.entries(type.fields).map(([name, of]) => [name, plainOf(of, fields[name])]))
    }
    default:
      return value
  }
}

function decimalText(value: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(value) ?? []
  const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

function instantText(value: string): string {
  return value
    .replace('T', ' ')
    .replace(/Z$/, '')
    .replace(/\.(\d*?)0*$/, (_, digits: string) => (digits ? `.${digits}` : ''))
}

/** Whether two plain values are the same; doubles to twelve significant digits, because sums of them depend on order. */
export function areSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return areNear(a, b)
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => areSame(item, b[index]))
  }
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a)
    return names.length === Object.keys(b).length && names.every(name => name in b && areSame(a[name], b[name]))
  }
  return a === b
}

function areNear(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b) return true
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false
  return Math.abs(a - b) <= 5e-12 * 10 ** Math.floor(Math.log10(Math.max(Math.abs(a), Math.abs(b))))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A plain value for people: text as it stands, in quotes where it could be taken for something else. */
export function shown(plain: unknown): string {
  if (plain === null) return 'NULL'
  if (typeof plain === 'number') return String(Number(plain.toPrecision(12)))
  if (typeof plain !== 'string') return jsonOf(plain)
  return plain === '' || plain === 'NULL' || plain !== plain.trim() || /[\n\r\t]/.test(plain) ? jsonOf(plain) : plain
}

function jsonOf(value: unknown): string {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`
  if (isObject(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:${jsonOf(field)}`)
    return `{${fields.join(',')}}`
  }
  return JSON.stringify(value) ?? 'undefined'
}
