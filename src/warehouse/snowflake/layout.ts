import type { Layout } from '../../authoring/layout.ts'
import type { CompiledModel } from '../../compile/compiled.ts'

/**
 * What a table is clustered by: first what the model partitions by, cut to its unit, then its cluster columns. Snowflake makes its partitions
 * itself, and skips those whose rows are not asked for where rows of a day, or of a customer, lie together.
 */
export function clusterKeys({ model, columns }: CompiledModel): readonly string[] {
  const { partitionBy, clusterBy = [] }: Partial<Layout> = model.value.layout ?? {}
  if (partitionBy === undefined) return clusterBy
  const { column, by } = partitionBy
  const isDate = columns[column]!.typeName === 'date'
  const cut = by === 'day' ? (isDate ? column : `to_date(${column})`) : `date_trunc('${by}', ${column})`
  return [cut, ...clusterBy.filter(other => other !== cut)]
}

/** `cluster by (to_date(sent_at), person_id)` in a line of its own; empty where a model says nothing. */
export function clusterClause(model: CompiledModel): string {
  const keys = clusterKeys(model)
  return keys.length === 0 ? '' : `cluster by (${keys.join(', ')})\n`
}

/** A line that has rows written in the order of the clusters, so that Snowflake has none to move, which it bills; empty where a model says nothing. */
export function clusterOrder(model: CompiledModel): string {
  const keys = clusterKeys(model)
  return keys.length === 0 ? '' : `\norder by ${keys.join(', ')}`
}

/** The statement that has a table clustered as its model says; undefined where it is. Snowflake moves the rows later, by itself. */
export function reclustered(model: CompiledModel, path: string, standing: string): string | undefined {
  const keys = clusterKeys(model)
  if (plain(keys.join(', ')) === plain(standing)) return undefined
  return keys.length === 0
    ? `alter table ${path} drop clustering key`
    : `alter table ${path} cluster by (${keys.join(', ')})`
}

/** Snowflake writes `LINEAR(to_date(SENT_AT), PERSON_ID)`. */
function plain(keys: string): string {
  return keys
    .replace(/\s+/g, '')
    .toLowerCase()
    .replace(/^linear\((.*)\)$/, '$1')
    .replace(/^\((.*)\)$/, '$1')
}
