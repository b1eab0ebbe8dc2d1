import type { SqlParameter } from '../../../../src/googlesql/catalog.ts'
import type { SqlType } from '../../../../src/googlesql/types.ts'
import type { WireValue } from '../../../../src/googlesql/wire.ts'
import { invalid } from './api-error.ts'
import { cellOfJson } from './cells.ts'
import { scalarNamed } from './engine/column-schemas.ts'

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/QueryParameter */
export interface ApiParameter {
  readonly name?: string
  readonly parameterType: ApiType
  readonly parameterValue: ApiValue
}
export interface ApiType {
  readonly type: string
  readonly arrayType?: ApiType
  readonly structTypes?: readonly { readonly name?: string; readonly type: ApiType }[]
}
export interface ApiValue {
  readonly value?: string | null
  readonly arrayValues?: readonly ApiValue[]
  readonly structValues?: Readonly<Record<string, ApiValue>>
}

export function sqlParameter({ name, parameterType, parameterValue }: ApiParameter): SqlParameter {
  const type = typeOf(parameterType)
  return { name: name || undefined, type, value: cellOf(type, parameterValue, name ?? '?') }
}

function typeOf({ type, arrayType, structTypes = [] }: ApiType): SqlType {
  if (arrayType !== undefined) return { kind: 'ARRAY', of: typeOf(arrayType) }
  if (type === 'STRUCT')
    return { kind: 'STRUCT', fields: structTypes.map(field => ({ name: field.name ?? '', type: typeOf(field.type) })) }
  const scalar = scalarNamed(type)
  if (scalar === undefined) throw invalid(`Invalid value for: ${type} is not a valid value`)
  return scalar
}

function cellOf(type: SqlType, given: ApiValue, name: string): WireValue {
  if (type.kind === 'ARRAY')
    return { array_value: { element: (given.arrayValues ?? []).map(item => cellOf(type.of, item, name)) } }
  if (type.kind === 'STRUCT') {
    const field = type.fields.map(each =>
      cellOf(each.type, given.structValues?.[each.name] ?? {}, `${name}.${each.name}`),
    )
    return { struct_value: { field } }
  }
  return cellOfJson(type, given.value ?? null, name)
}
