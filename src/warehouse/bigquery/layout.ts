import type { Layout } from '../../authoring/layout.ts'
import type { CompiledModel } from '../../compile/compiled.ts'
import type { TableResource } from './resources.ts'

/** `partition by timestamp_trunc(sent_at, day)` and `cluster by person_id`, each in a line; empty where a model says neither. */
export function layoutClauses({ model, columns }: CompiledModel): string {
  const { partitionBy, clusterBy = [] }: Partial<Layout> = model.value.layout ?? {}
  const clauses: string[] = []
  if (partitionBy !== undefined) {
    const { column, by } = partitionBy
    const isDate = columns[column]!.typeName === 'date'
    if (isDate) clauses.push(`partition by ${by === 'day' ? column : `date_trunc(${column}, ${by})`}`)
    else clauses.push(`partition by timestamp_trunc(${column}, ${by})`)
  }
  if (clusterBy.length > 0) clauses.push(`cluster by ${clusterBy.join(', ')}`)
  return clauses.map(clause => `${clause}\n`).join('')
}

/** Why a table that stands has to be made anew to be partitioned as the model says; undefined where it need not. */
export function otherPartitions({ model }: CompiledModel, { timePartitioning }: TableResource): string | undefined {
  const { partitionBy } = model.value.layout ?? {}
  const wanted = partitionBy && `by ${partitionBy.by} of ${partitionBy.column}`
  const standing =
    timePartitioning && `by ${timePartitioning.type.toLowerCase()} of ${timePartitioning.field ?? 'its loading'}`
  if (wanted === standing) return undefined
  return `it was partitioned ${standing ?? 'by nothing'} and is ${wanted ?? 'by nothing'} now`
}

/** The clusters that a table is to have; undefined where it has them. */
export function otherClusters(
  { model }: CompiledModel,
  { clustering }: TableResource,
): Partial<TableResource> | undefined {
  const wanted = model.value.layout?.clusterBy ?? []
  const standing = clustering?.fields ?? []
  if (wanted.join() === standing.join()) return undefined
  return { clustering: wanted.length === 0 ? null : { fields: wanted } }
}
