import { typeNameOf } from './fields.ts'
import { fieldNamed } from './raw-fields.ts'
import type { FieldResource } from './resources.ts'

/** Whether a table's columns have the names, types and modes of others, whatever their order: then its rows can be replaced, and the columns stay. */
export function areSameColumns(standing: readonly FieldResource[], wanted: readonly FieldResource[]): boolean {
  return (
    standing.length === wanted.length &&
    wanted.every(field => {
      const found = fieldNamed(standing, field.name)
      return found !== undefined && isSameColumn(found, field)
    })
  )
}

function isSameColumn(one: FieldResource, other: FieldResource): boolean {
  return (
    typeNameOf(one) === typeNameOf(other) &&
    (one.mode ?? 'NULLABLE') === (other.mode ?? 'NULLABLE') &&
    one.precision === other.precision &&
    one.scale === other.scale &&
    areSameColumns(one.fields ?? [], other.fields ?? [])
  )
}

/** Columns with the descriptions and policy tags that stand on those of the same names, where they have none of their own. */
export function withWordsAndTagsOf(
  standing: readonly FieldResource[],
  wanted: readonly FieldResource[],
): readonly FieldResource[] {
  return wanted.map(field => {
    const { description, policyTags, fields = [] } = fieldNamed(standing, field.name) ?? {}
    return {
      ...(description === undefined ? {} : { description }),
      ...(policyTags === undefined ? {} : { policyTags }),
      ...field,
      ...(field.fields === undefined ? {} : { fields: withWordsAndTagsOf(fields, field.fields) }),
    }
  })
}
