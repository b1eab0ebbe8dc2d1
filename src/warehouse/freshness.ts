import type { EpochUnit } from '../authoring/source.ts'
import type { CompiledSourceTable } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import type { Cell } from './warehouse.ts'

/** The raw column by which the age of a table is judged. */
export interface JudgedBy {
  readonly column: string
  /** Of whole numbers since 1970-01-01 00:00 UTC; undefined where the column is a timestamp or date. */
  readonly unit: EpochUnit | undefined
  /** What its latest value is the time of: the loading of a row, or what the row tells of. */
  readonly tells: 'loaded' | 'happened'
}

/** Undefined where no column tells a time. */
export function judgedBy({
  loadedAt,
  happenedAt,
}: Pick<CompiledSourceTable, 'loadedAt' | 'happenedAt'>): JudgedBy | undefined {
  if (loadedAt !== undefined) return { column: loadedAt, unit: undefined, tells: 'loaded' }
  return happenedAt && { column: happenedAt.column, unit: happenedAt.unit, tells: 'happened' }
}

/**
 * SQL for the latest of a column's values, which are of its declared type. Clocks of devices go wrong: what is said to have happened after `asOf`
 * (UTC, `2026-06-01 12:00:00`) does not count. A time of loading does, whatever it says.
 */
export function latestSql(value: string, { unit, tells }: JudgedBy, asOf: string, dialect: Dialect): string {
  const instantOf = (text: string) =>
    unit === undefined ? `cast(${text} as ${dialect.type({ kind: 'timestamp' })})` : text
  if (tells === 'loaded') return instantOf(`max(${value})`)
  const until = unit === undefined ? dialect.timestamp(asOf) : String(epochOf(asOf, unit))
  return instantOf(`max(case when ${instantOf(value)} <= ${until} then ${value} end)`)
}

/** What `latestSql` gave, as `2026-06-01 12:30:00.123456` in UTC. */
export function latestInstant(latest: Cell | undefined, { unit }: JudgedBy): string | undefined {
  if (latest === null || latest === undefined) return undefined
  if (unit === undefined) return String(latest)
  const microseconds = BigInt(String(latest)) * microsecondsOf[unit]
  const second = new Date(Number(microseconds / 1_000_000n) * 1000)
  const fraction = String(microseconds % 1_000_000n).padStart(6, '0')
  return `${second.toISOString().slice(0, 19).replace('T', ' ')}.${fraction}`
}

const microsecondsOf: Readonly<Record<EpochUnit, bigint>> = {
  epoch_seconds: 1_000_000n,
  epoch_milliseconds: 1000n,
  epoch_microseconds: 1n,
}

function epochOf(instant: string, unit: EpochUnit): bigint {
  const milliseconds = Date.parse(`${instant.replace(' ', 'T')}Z`)
  return (BigInt(milliseconds) * 1000n) / microsecondsOf[unit]
}
