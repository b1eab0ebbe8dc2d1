import type { ColumnName, Columns } from './column.ts'
import { mustBeNamesOf, mustBeOneOf } from './must-be.ts'

/**
 * How a table is kept, so that who reads a part of it pays for a part, and for how long. Partitions, clusters and lives are BigQuery's. Snowflake
 * clusters by what BigQuery partitions by, then by the clusters; DuckDB keeps the table whole, whatever is said here.
 */
export interface Layout {
  readonly partitionBy: { readonly column: string; readonly by: PartitionUnit } | undefined
  readonly clusterBy: readonly string[]
  /** Undefined: whatever stands there stays. */
  readonly requirePartitionFilter: boolean | undefined
  readonly partitionsExpireAfterDays: Life | undefined
  readonly expiresAfterDays: Life | undefined
}

/** Whole days. */
export type Life = number | 'never'

export const partitionUnits = ['hour', 'day', 'month', 'year'] as const
export type PartitionUnit = (typeof partitionUnits)[number]

/** What a model says of it. */
export interface LayoutWords<C extends Columns> {
  /** A day, whose rows are kept together; or a column and the unit that it is cut to, as a timestamp has to be: `{ column: 'sent_at', by: 'day' }`. */
  readonly partitionBy?: ColumnName<C> | { readonly column: ColumnName<C>; readonly by: PartitionUnit }
  /** At most four columns, those that readers ask for most first: rows that are equal in them are kept together. */
  readonly clusterBy?: readonly ColumnName<C>[]
  /**
   * People's queries have to say which partitions they read, so that none reads and pays for all by mistake; what the project itself reads is given
   * a filter that every row passes. `false` takes it away from a table that has it.
   */
  readonly requirePartitionFilter?: boolean
  /** A partition is gone as many days after its own date, in the table that readers read, and its rows with it. `'never'` takes that away again. */
  readonly partitionsExpireAfterDays?: Life
  /** The table is gone as many days after its last build. `'never'` takes that away again. */
  readonly expiresAfterDays?: Life
}

const words = ['partitionBy', 'clusterBy', 'requirePartitionFilter', 'partitionsExpireAfterDays', 'expiresAfterDays']

/** Undefined where a model says nothing. Throws where it names what it has not, or is no table. Whether an engine takes what is said is told by `check`. */
export function layoutOf<C extends Columns>(
  columns: C,
  materialize: { readonly kind: string } & LayoutWords<C>,
): Layout | undefined {
  const { kind, clusterBy = [], requirePartitionFilter } = materialize
  for (const word of Object.keys(materialize)) mustBeOneOf(word, ['kind', ...words], 'materialize')
  if (words.every(word => materialize[word as keyof typeof materialize] === undefined)) return undefined
  if (kind !== 'table')
    throw new Error(`materialize: a ${kind} has no rows of its own to partition, cluster or let expire`)
  mustBeNamesOf(columns, clusterBy, 'materialize.clusterBy')
  if (requirePartitionFilter !== undefined && typeof requirePartitionFilter !== 'boolean')
    throw new Error('materialize.requirePartitionFilter is true or false')
  return {
    partitionBy: partitionOf(columns, materialize.partitionBy),
    clusterBy,
    requirePartitionFilter,
    partitionsExpireAfterDays: lifeOf('partitionsExpireAfterDays', materialize.partitionsExpireAfterDays),
    expiresAfterDays: lifeOf('expiresAfterDays', materialize.expiresAfterDays),
  }
}

function partitionOf<C extends Columns>(columns: C, partitionBy: LayoutWords<C>['partitionBy']): Layout['partitionBy'] {
  if (partitionBy === undefined) return undefined
  // A plain name is a day's; of a timestamp it would be an instant, which `check` refuses.
  const { column, by } = typeof partitionBy === 'object' ? partitionBy : { column: partitionBy, by: undefined }
  mustBeNamesOf(columns, [column], 'materialize.partitionBy')
  if (by !== undefined) mustBeOneOf(by, partitionUnits, 'materialize.partitionBy.by')
  if (by === undefined && columns[column]?.typeName === 'timestamp') {
    throw new Error(
      `materialize.partitionBy: '${column}' is a timestamp, which BigQuery partitions by a unit only: write { column: '${column}', by: 'day' }`,
    )
  }
  return { column, by: by ?? 'day' }
}

function lifeOf(word: string, life: unknown): Life | undefined {
  if (life === undefined || life === 'never') return life
  if (typeof life === 'number' && Number.isInteger(life) && life > 0) return life
  throw new Error(`materialize.${word}: ${String(life)} is no number of days: write a whole number above 0, or 'never'`)
}
