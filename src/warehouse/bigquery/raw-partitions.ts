import { bigquery } from '../../compile/dialect/bigquery.ts'
import { typeNameOf } from './fields.ts'
import { fieldNamed } from './raw-fields.ts'
import type { TableResource } from './resources.ts'

/** The least value of each type that tables are partitioned by. */
const least: Readonly<Record<string, string>> = {
  date: "date '0001-01-01'",
  datetime: "datetime '0001-01-01 00:00:00'",
  timestamp: "timestamp '0001-01-01 00:00:00+00'",
  int64: '-9223372036854775808',
}

/**
 * A condition that each row meets and that BigQuery takes for a filter of the partitions, of a raw table that answers no query without one; undefined
 * of any other. It names what the table is partitioned by and nothing else: rows of no date, and those that have only just been streamed in and stand in
 * no partition yet, are read too. https://cloud.google.com/bigquery/docs/querying-partitioned-tables#require_a_partition_filter_in_queries
 */
export function everyRowOf({
  requirePartitionFilter,
  timePartitioning,
  rangePartitioning,
  schema,
}: TableResource): string | undefined {
  if (requirePartitionFilter !== true) return undefined
  const name = timePartitioning?.field ?? rangePartitioning?.field
  if (name === undefined) return `(_PARTITIONTIME >= ${least.timestamp} or _PARTITIONTIME is null)`
  const field = fieldNamed(schema?.fields, name)
  const from = field && least[typeNameOf(field)]
  if (from === undefined) return undefined
  const column = bigquery.identifier(field!.name)
  return field!.mode === 'REQUIRED' ? `${column} >= ${from}` : `(${column} >= ${from} or ${column} is null)`
}
