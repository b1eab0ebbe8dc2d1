import { invalid } from './api-error.ts'
import type { Partitioning, StoredColumn } from './store.ts'

export interface ApiTimePartitioning {
  readonly type: string
  readonly field?: string
  readonly expirationMs?: string | null
}
export interface ApiRangePartitioning {
  readonly field: string
  readonly range: { readonly start: string; readonly end: string; readonly interval: string }
}

/** Throws where the column is not there or cannot be partitioned by. */
export function partitioningOfApi(
  time: ApiTimePartitioning | undefined,
  range: ApiRangePartitioning | undefined,
  columns: readonly StoredColumn[],
): Partitioning | undefined {
  if (range !== undefined) {
    const { start, end, interval } = range.range
    return { kind: 'range', column: columnOf(range.field, columns, ['INT64']), start, end, interval }
  }
  if (time === undefined) return undefined
  const { type: unit, field } = time
  const expirationMs = time.expirationMs ?? undefined
  if (field === undefined) return { kind: 'ingestion', unit, expirationMs }
  return { kind: 'time', unit, column: columnOf(field, columns, ['DATE', 'TIMESTAMP', 'DATETIME']), expirationMs }
}

function columnOf(name: string, columns: readonly StoredColumn[], kinds: readonly string[]): string {
  const column = columns.find(other => other.name.toLowerCase() === name.toLowerCase())
  if (column === undefined) throw invalid('The field specified for partitioning cannot be found in the schema.')
  if (!kinds.includes(column.type.kind))
    throw invalid(
      `The field specified for partitioning can only be of type ${kinds.join(', ')}. The type found is: ${column.type.kind}.`,
    )
  return column.name
}

export function apiPartitioning(partitioning: Partitioning | undefined): object {
  if (partitioning === undefined) return {}
  if (partitioning.kind === 'range') {
    const { column, start, end, interval } = partitioning
    return { rangePartitioning: { field: column, range: { start, end, interval } } }
  }
  const { unit, expirationMs } = partitioning
  return {
    timePartitioning: {
      type: unit,
      ...(partitioning.kind === 'time' ? { field: partitioning.column } : {}),
      ...(expirationMs === undefined ? {} : { expirationMs }),
    },
  }
}
