import type { Naming, TableName } from './compiled.ts'

/** One schema a layer; with a prefix `dev_alice`, `dev_alice_journeys` and so on. The engine's own schemas are `raw`, `tl_scratch` and `about`. */
export function naming(prefix: string | undefined): Naming {
  const schema = (name: string): string => (prefix === undefined ? name : `${prefix}_${name}`)
  return {
    model: (layer, name) => ({ schema: schema(layer), name }),
    raw: (source, table) => ({ schema: schema('raw'), name: `${source}__${table}` }),
    scratch: name => ({ schema: schema('tl_scratch'), name }),
    status: { schema: schema('about'), name: 'table_status' },
  }
}

/** `journeys.sessions`: contract names need no quotes on any engine. */
export function tablePath(table: TableName): string {
  return `${table.schema}.${table.name}`
}
