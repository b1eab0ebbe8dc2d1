import { isNull, valueOfWire } from '../../../../src/googlesql/values.ts'
import type { WireValue } from '../../../../src/googlesql/wire.ts'
import type { StoredTable } from './store.ts'

export interface Partition {
  /** `20260601`, `2026060112`, `202606`, `2026`, a range's beginning; `__NULL__`; undefined where the table is in one piece. */
  readonly id: string | undefined
  readonly rowCount: number
}

/** The partitions in which a table's rows stand: https://cloud.google.com/bigquery/docs/managing-partitioned-tables#get_partition_metadata */
export function partitionsOf(table: StoredTable): readonly Partition[] {
  const { partitioning, rows } = table
  if (partitioning === undefined) return [{ id: undefined, rowCount: rows.length }]
  const counts = new Map<string, number>()
  for (const row of rows) {
    const id = partitionOf(table, row)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, rowCount]) => ({ id, rowCount }))
}

/** The partition of one row. */
export function partitionOf({ partitioning, columns }: StoredTable, row: readonly WireValue[]): string {
  if (partitioning === undefined) return ''
  if (partitioning.kind === 'ingestion')
    return timeId(String(valueOfWire({ kind: 'TIMESTAMP' }, row.at(-1)!)), partitioning.unit)
  const at = columns.findIndex(({ name }) => name === partitioning.column)
  const cell = row[at] ?? {}
  if (isNull(cell)) return '__NULL__'
  const value = valueOfWire(columns[at]!.type, cell)
  if (partitioning.kind === 'time') return timeId(String(value), partitioning.unit)
  const [start, end, interval] = [partitioning.start, partitioning.end, partitioning.interval].map(BigInt)
  const number = BigInt(String(value))
  if (number < start! || number >= end!) return '__UNPARTITIONED__'
  return String(start! + ((number - start!) / interval!) * interval!)
}

const idLengths: Readonly<Record<string, number>> = { YEAR: 4, MONTH: 6, DAY: 8, HOUR: 10 }

const timeId = (value: string, unit: string): string =>
  value
    .replaceAll(/\D/g, '')
    .padEnd(14, '0')
    .slice(0, idLengths[unit] ?? 8)

/**
 * A table as it stands at this instant: undefined once it has expired, and without the rows of partitions that have. A partition expires as long after its
 * own beginning as the table says; those of rows without a date do not.
 * https://cloud.google.com/bigquery/docs/managing-partitioned-tables#partition-expiration
 */
export function standingAt(table: StoredTable, instant: number): StoredTable | undefined {
  const { expirationTime, partitioning } = table
  if (expirationTime !== undefined && Number(expirationTime) <= instant) return undefined
  if (partitioning === undefined || partitioning.kind === 'range' || partitioning.expirationMs === undefined)
    return table
  const life = Number(partitioning.expirationMs)
  const rows = table.rows.filter(row => {
    const beginning = beginningOf(partitionOf(table, row))
    return beginning === undefined || beginning + life > instant
  })
  return rows.length === table.rows.length ? table : { ...table, rows }
}

function beginningOf(id: string): number | undefined {
  if (!/^\d{4,}$/.test(id)) return undefined
  const part = (from: number, otherwise: number) => Number(id.slice(from, from + 2) || otherwise)
  return Date.UTC(Number(id.slice(0, 4)), part(4, 1) - 1, part(6, 1), part(8, 0))
}
