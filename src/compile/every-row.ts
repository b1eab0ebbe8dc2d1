import type { Columns } from '../authoring/column.ts'
import type { Layout } from '../authoring/layout.ts'
import type { Dialect } from './dialect/dialect.ts'

/** The earliest values that BigQuery has. */
const earliest: Readonly<Record<string, string>> = {
  date: "date '0001-01-01'",
  timestamp: "timestamp '0001-01-01 00:00:00+00'",
}

/**
 * A condition that each row of a table meets and that BigQuery takes for a filter of its partitions, where the model asks one of every query; undefined
 * elsewhere. It names the partition's column and nothing else, and reads every partition:
 * https://cloud.google.com/bigquery/docs/querying-partitioned-tables#require_a_partition_filter_in_queries
 */
export function everyRowOf(columns: Columns, layout: Layout | undefined, { engine }: Dialect): string | undefined {
  if (engine !== 'bigquery' || layout?.requirePartitionFilter !== true || layout.partitionBy === undefined)
    return undefined
  const { column } = layout.partitionBy
  const { typeName, isNullable } = columns[column]!
  const from = earliest[typeName]
  // Of any other type `check` has told already.
  if (from === undefined) return undefined
  return isNullable ? `(${column} >= ${from} or ${column} is null)` : `${column} >= ${from}`
}
