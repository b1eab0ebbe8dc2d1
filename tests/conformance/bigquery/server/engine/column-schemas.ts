import { concrete, fieldOf, namesOf, nodeField, nodesField } from '../../../../../src/googlesql/parse-tree.ts'
import { isSqlScalar, type SqlField, type SqlType } from '../../../../../src/googlesql/types.ts'
import type { ParseNode } from '../../../../../src/googlesql/wire.ts'
import { invalidQuery, notImplemented } from '../api-error.ts'
import type { StoredColumn } from '../store.ts'
import { optionsOf } from './options.ts'
import type { Statement } from './session.ts'

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#integer_types and the aliases below it */
const aliases: Readonly<Record<string, string>> = {
  BIGDECIMAL: 'BIGNUMERIC',
  BIGINT: 'INT64',
  BOOLEAN: 'BOOL',
  BYTEINT: 'INT64',
  DECIMAL: 'NUMERIC',
  FLOAT: 'FLOAT64',
  INT: 'INT64',
  INTEGER: 'INT64',
  SMALLINT: 'INT64',
  TINYINT: 'INT64',
}

/** The type of that name, or of an older name for it; undefined where it is none of a column. */
export function scalarNamed(name: string): SqlType | undefined {
  const upper = name.toUpperCase()
  const kind = aliases[upper] ?? upper
  return isSqlScalar(kind) ? { kind } : undefined
}

/** A column as CREATE TABLE or ADD COLUMN defines it. */
export async function columnOf(definition: ParseNode, statement: Statement): Promise<StoredColumn> {
  const name = String(fieldOf(nodeField(definition, 'name')!, 'id_string'))
  const schema = concrete(nodeField(definition, 'schema')!).node
  const options = await optionsOf(schema, statement)
  const attributes = nodesField(nodeField(schema, 'attributes') ?? {}, 'values')
  return {
    name,
    type: typeOf(nodeField(definition, 'schema')!),
    isRequired: attributes.some(attribute => concrete(attribute).kind === 'ast_not_null_column_attribute_node'),
    description: options.description as string | undefined,
    policyTags: options.policy_tags as readonly string[] | undefined,
  }
}

export function typeOf(schema: ParseNode): SqlType {
  const { kind, node } = concrete(schema)
  const element = nodeField(node, 'element_schema')
  if (element !== undefined)
    return { kind: kind === 'ast_range_column_schema_node' ? 'RANGE' : 'ARRAY', of: typeOf(element) }
  if (fieldOf(node, 'struct_fields') !== undefined) {
    const fields = nodesField(node, 'struct_fields').map((field): SqlField => {
      const name = nodeField(field, 'name')
      return {
        name: name === undefined ? '' : String(fieldOf(name, 'id_string')),
        type: typeOf(nodeField(field, 'schema')!),
      }
    })
    return { kind: 'STRUCT', fields }
  }
  const path = nodeField(node, 'type_name')
  if (path === undefined) throw notImplemented('a column of this type')
  const name = namesOf(path).join('.')
  const type = scalarNamed(name)
  if (type === undefined) throw invalidQuery(`Type not found: ${name}`)
  return type
}
