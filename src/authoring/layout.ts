import type { ColumnName, Columns } from './column.ts'
import { mustBeNamesOf, mustBeOneOf } from './must-be.ts'

/** How a large table is kept, so that who reads a part of it pays for a part. Engines without partitions keep it as ever. */
export interface Layout {
  readonly partitionBy: { readonly column: string; readonly by: PartitionUnit } | undefined
  readonly clusterBy: readonly string[]
}

export const partitionUnits = ['hour', 'day', 'month', 'year'] as const
export type PartitionUnit = (typeof partitionUnits)[number]

/** What a model says of it. */
export interface LayoutWords<C extends Columns> {
  /** A day, whose rows are kept together; or a column and the unit that it is cut to, as a timestamp has to be: `{ column: 'sent_at', by: 'day' }`. */
  readonly partitionBy?: ColumnName<C> | { readonly column: ColumnName<C>; readonly by: PartitionUnit }
  /** At most four columns, those that readers ask for most first: rows that are equal in them are kept together. */
  readonly clusterBy?: readonly ColumnName<C>[]
}

/** Undefined where a model says nothing. Throws where it names what it has not, or is no table. Whether an engine takes the columns is told by `check`. */
export function layoutOf<C extends Columns>(
  columns: C,
  kind: string,
  { partitionBy, clusterBy }: LayoutWords<C>,
): Layout | undefined {
  if (partitionBy === undefined && clusterBy === undefined) return undefined
  if (kind !== 'table') throw new Error(`materialize: a ${kind} has no rows of its own to partition or cluster`)
  mustBeNamesOf(columns, clusterBy ?? [], 'materialize.clusterBy')
  if (partitionBy === undefined) return { partitionBy: undefined, clusterBy: clusterBy ?? [] }
  // A plain name is a day's; of a timestamp it would be an instant, which `check` refuses.
  const { column, by } = typeof partitionBy === 'object' ? partitionBy : { column: partitionBy, by: undefined }
  mustBeNamesOf(columns, [column], 'materialize.partitionBy')
  if (by !== undefined) mustBeOneOf(by, partitionUnits, 'materialize.partitionBy.by')
  if (by === undefined && columns[column]?.typeName === 'timestamp') {
    throw new Error(
      `materialize.partitionBy: '${column}' is a timestamp, which BigQuery partitions by a unit only: write { column: '${column}', by: 'day' }`,
    )
  }
  return { partitionBy: { column, by: by ?? 'day' }, clusterBy: clusterBy ?? [] }
}
