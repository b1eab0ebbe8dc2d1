import type { ColumnType, ScalarType } from '../authoring/column-type.ts'
import { GoogleSqlError } from './errors.ts'
import type { WireType } from './wire.ts'

/** A type by its name in GoogleSQL. */
export type SqlType =
  | { readonly kind: SqlScalar }
  | { readonly kind: 'ARRAY'; readonly of: SqlType }
  | { readonly kind: 'RANGE'; readonly of: SqlType }
  | { readonly kind: 'STRUCT'; readonly fields: readonly SqlField[] }

export interface SqlField {
  /** Empty where it has none. */
  readonly name: string
  readonly type: SqlType
}

export type SqlScalar = keyof typeof wireKinds

const wireKinds = {
  INT64: 'TYPE_INT64',
  FLOAT64: 'TYPE_DOUBLE',
  NUMERIC: 'TYPE_NUMERIC',
  BIGNUMERIC: 'TYPE_BIGNUMERIC',
  BOOL: 'TYPE_BOOL',
  STRING: 'TYPE_STRING',
  BYTES: 'TYPE_BYTES',
  DATE: 'TYPE_DATE',
  DATETIME: 'TYPE_DATETIME',
  TIME: 'TYPE_TIME',
  TIMESTAMP: 'TYPE_TIMESTAMP',
  JSON: 'TYPE_JSON',
  INTERVAL: 'TYPE_INTERVAL',
  GEOGRAPHY: 'TYPE_GEOGRAPHY',
} as const

const scalarOfWire = new Map<string, SqlScalar>(
  Object.entries(wireKinds).map(([scalar, wire]) => [wire, scalar as SqlScalar]),
)

export const isSqlScalar = (name: string): name is SqlScalar => Object.hasOwn(wireKinds, name)

export function wireType(type: SqlType): WireType {
  switch (type.kind) {
    case 'ARRAY':
      return { type_kind: 'TYPE_ARRAY', array_type: { element_type: wireType(type.of) } }
    case 'RANGE':
      return { type_kind: 'TYPE_RANGE', range_type: { element_type: wireType(type.of) } }
    case 'STRUCT':
      return {
        type_kind: 'TYPE_STRUCT',
        struct_type: {
          field: type.fields.map(field => ({ field_name: field.name, field_type: wireType(field.type) })),
        },
      }
    default:
      return { type_kind: wireKinds[type.kind] }
  }
}

/** Throws where it is a type that BigQuery's tables do not have. */
export function typeOfWire(wire: WireType): SqlType {
  if (wire.array_type) return { kind: 'ARRAY', of: typeOfWire(wire.array_type.element_type) }
  if (wire.range_type) return { kind: 'RANGE', of: typeOfWire(wire.range_type.element_type) }
  if (wire.struct_type) {
    const fields = wire.struct_type.field ?? []
    return {
      kind: 'STRUCT',
      fields: fields.map(field => ({ name: field.field_name, type: typeOfWire(field.field_type) })),
    }
  }
  const kind = scalarOfWire.get(wire.type_kind)
  if (kind === undefined)
    throw new GoogleSqlError(`a column has the type ${wire.type_kind}, which BigQuery does not have`, {
      kind: 'unsupported',
    })
  return { kind }
}

/** `ARRAY<STRUCT<sku STRING, quantity INT64>>` */
export function typeText(type: SqlType): string {
  if (type.kind === 'ARRAY' || type.kind === 'RANGE') return `${type.kind}<${typeText(type.of)}>`
  if (type.kind !== 'STRUCT') return type.kind
  return `STRUCT<${type.fields.map(({ name, type: of }) => (name ? `${name} ${typeText(of)}` : typeText(of))).join(', ')}>`
}

const ofScalars: Readonly<Record<ScalarType, SqlScalar>> = {
  text: 'STRING',
  integer: 'INT64',
  number: 'NUMERIC',
  real: 'FLOAT64',
  boolean: 'BOOL',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
  json: 'JSON',
}

/** The type in which BigQuery keeps a column of a contract. */
export function sqlTypeOf(type: ColumnType): SqlType {
  if (type.kind === 'list') return { kind: 'ARRAY', of: sqlTypeOf(type.of) }
  if (type.kind !== 'record') return { kind: ofScalars[type.kind] }
  return {
    kind: 'STRUCT',
    fields: Object.entries(type.fields).map(([name, field]) => ({ name, type: sqlTypeOf(field) })),
  }
}

const ofSql = new Map<string, ScalarType>(
  Object.entries(ofScalars).map(([contract, scalar]) => [scalar, contract as ScalarType]),
)

/** The type of a contract that BigQuery keeps so; undefined where it is none (`DATETIME`, `BYTES`). */
export function columnTypeOf(type: SqlType): ColumnType | undefined {
  switch (type.kind) {
    case 'ARRAY': {
      const of = columnTypeOf(type.of)
      return of && { kind: 'list', of }
    }
    case 'STRUCT': {
      const fields = type.fields.map(({ name, type: of }) => [name, columnTypeOf(of)] as const)
      if (fields.some(([name, of]) => name === '' || of === undefined)) return undefined
      return { kind: 'record', fields: Object.fromEntries(fields) as Readonly<Record<string, ColumnType>> }
    }
    default: {
      const kind = ofSql.get(type.kind)
      return kind && { kind }
    }
  }
}
