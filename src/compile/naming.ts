import type { Naming, SchemaName, TableName } from './compiled.ts'

/** One schema a layer; with a prefix `dev_alice`, `dev_alice_journeys` and so on. The engine's own schemas are `raw`, `tl_scratch` and `about`. */
export function naming(prefix: string | undefined): Naming {
  return namingBy(layer => ({ schema: prefix === undefined ? layer : `${prefix}_${layer}` }))
}

/** The engine's own schemas, beside those of the layers. */
export const ownSchemas = ['raw', 'tl_scratch', 'about'] as const

/** Tables in the schema of their layer, as `schemaOf` says. */
export function namingBy(schemaOf: (layer: string) => SchemaName): Naming {
  return {
    model: (layer, name) => ({ ...schemaOf(layer), name }),
    raw: (source, table) => ({ ...schemaOf('raw'), name: `${source}__${table}` }),
    scratch: name => ({ ...schemaOf('tl_scratch'), name }),
    status: { ...schemaOf('about'), name: 'table_status' },
    runs: { ...schemaOf('about'), name: 'runs' },
    lease: { ...schemaOf('about'), name: 'lease' },
  }
}

/** The same, each table of scratch with the run in its name: `sessions__20260601t120000_1a2b3c`. */
export function withScratchOf(runId: string, naming: Naming): Naming {
  const run = runId.toLowerCase().replace(/[^a-z0-9]+/g, '_')
  return { ...naming, scratch: name => naming.scratch(`${name}__${run}`) }
}

/** A table as SQL names it: `journeys.sessions`, and where it says its database `` `acme-data`.journeys.sessions ``. Contract names need no quotes on any engine. */
export function tablePath(table: TableName): string {
  return `${schemaPath(table)}.${table.name}`
}

/** A table as queries read it: `from ${readPath(table)} as t`. One whose partitions have to be filtered is read through a filter that each of its rows passes. */
export function readPath(table: TableName): string {
  const path = tablePath(table)
  // Under another name: of a table `as_of` with a column of that name, BigQuery would take the one for the whole row of the other.
  return table.everyRow === undefined ? path : `(select * from ${path} as tl_all where ${table.everyRow})`
}

/** A schema as SQL names it; a database whose name is no plain word, as BigQuery's projects may be, in quotes. */
export function schemaPath({ schema, database }: SchemaName): string {
  if (database === undefined) return schema
  return `${/^[a-z_]\w*$/i.test(database) ? database : `\`${database}\``}.${schema}`
}

/** A table in words, `journeys.sessions`: names of models are unique in a project, so these are too. */
export function tableLabel({ schema, name }: TableName): string {
  return `${schema}.${name}`
}

/** A schema's name and those of the tables in it, without the table's. */
export function schemaOf({ schema, database }: TableName): SchemaName {
  return database === undefined ? { schema } : { schema, database }
}

/** Each schema once. */
export function distinctSchemas(schemas: readonly SchemaName[]): readonly SchemaName[] {
  return [...new Map(schemas.map(schema => [schemaPath(schema), schema])).values()]
}
