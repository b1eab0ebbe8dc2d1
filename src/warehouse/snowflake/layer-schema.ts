import type { SchemaName } from '../../compile/compiled.ts'
import type { SnowflakeSettings } from './settings.ts'

/** Where the tables of a layer stand, in lower case: names that are written without quotes are one in upper and lower case. */
export function layerSchema(
  layer: string,
  { database, schema, schemas }: Pick<SnowflakeSettings, 'database' | 'schema' | 'schemas'>,
): SchemaName {
  const named = schemas[layer] ?? `${schema}_${layer}`
  const dot = named.lastIndexOf('.')
  return {
    schema: named.slice(dot + 1).toLowerCase(),
    database: (dot < 0 ? database : named.slice(0, dot)).toLowerCase(),
  }
}
