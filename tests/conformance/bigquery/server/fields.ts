import type { SqlField, SqlType } from '../../../../src/googlesql/types.ts'
import { invalid } from './api-error.ts'
import { scalarNamed } from './engine/column-schemas.ts'
import type { StoredColumn } from './store.ts'

/** A column in a schema of the API: https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema */
export interface ApiField {
  readonly name: string
  readonly type: string
  readonly mode?: string
  readonly fields?: readonly ApiField[]
  readonly description?: string
  readonly policyTags?: { readonly names?: readonly string[] }
  readonly rangeElementType?: { readonly type: string }
}

/** The older names, in which the API answers. */
const apiNames: Readonly<Record<string, string>> = {
  INT64: 'INTEGER',
  FLOAT64: 'FLOAT',
  BOOL: 'BOOLEAN',
  STRUCT: 'RECORD',
}

export function apiField({
  name,
  type,
  isRequired,
  description,
  policyTags,
  fieldDescriptions,
}: StoredColumn): ApiField {
  const field = apiFieldOf(name, type, name, fieldDescriptions ?? {})
  return {
    ...field,
    ...(isRequired ? { mode: 'REQUIRED' } : {}),
    ...(description === undefined ? {} : { description }),
    ...(policyTags === undefined ? {} : { policyTags: { names: policyTags } }),
  }
}

function apiFieldOf(
  name: string,
  type: SqlType,
  path: string,
  descriptions: Readonly<Record<string, string>>,
): ApiField {
  if (type.kind === 'ARRAY') return { ...apiFieldOf(name, type.of, path, descriptions), mode: 'REPEATED' }
  const description = descriptions[path]
  const base = {
    name,
    type: apiNames[type.kind] ?? type.kind,
    mode: 'NULLABLE',
    ...(description === undefined ? {} : { description }),
  }
  if (type.kind === 'RANGE') return { ...base, rangeElementType: { type: type.of.kind } }
  if (type.kind !== 'STRUCT') return base
  const fields = type.fields.map((field, index) => {
    const own = field.name || `_field_${index + 1}`
    return apiFieldOf(own, field.type, `${path}.${own}`, descriptions)
  })
  return { ...base, fields }
}

/** Throws where a type is none. */
export function columnOfField(field: ApiField): StoredColumn {
  const fieldDescriptions = Object.fromEntries(descriptionsBelow(field, field.name))
  return {
    name: field.name,
    type: typeOfField(field),
    isRequired: field.mode === 'REQUIRED',
    description: field.description,
    policyTags: field.policyTags?.names,
    ...(Object.keys(fieldDescriptions).length === 0 ? {} : { fieldDescriptions }),
  }
}

function descriptionsBelow(field: ApiField, path: string): readonly (readonly [string, string])[] {
  return (field.fields ?? []).flatMap(below => {
    const own = `${path}.${below.name}`
    return [
      ...(below.description === undefined ? [] : [[own, below.description] as const]),
      ...descriptionsBelow(below, own),
    ]
  })
}

export function typeOfField(field: ApiField): SqlType {
  const type = itemType(field)
  return field.mode === 'REPEATED' ? { kind: 'ARRAY', of: type } : type
}

function itemType(field: ApiField): SqlType {
  const name = field.type.toUpperCase()
  if (name === 'RECORD' || name === 'STRUCT') {
    const fields = (field.fields ?? []).map((below): SqlField => ({ name: below.name, type: typeOfField(below) }))
    return { kind: 'STRUCT', fields }
  }
  if (name === 'RANGE' && field.rangeElementType !== undefined)
    return { kind: 'RANGE', of: itemType({ name: '', type: field.rangeElementType.type }) }
  const type = scalarNamed(name)
  if (type === undefined) throw invalid(`Invalid value for type: ${field.type} is not a valid value`)
  return type
}
