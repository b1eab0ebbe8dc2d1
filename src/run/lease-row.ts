import type { TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { literal } from '../compile/dialect/dialect.ts'
import { tablePath } from '../compile/naming.ts'
import type { OwnTable, Row } from '../warehouse/warehouse.ts'
import { nullOf, type OwnColumn, ownTable } from './own-table.ts'

const columns: readonly OwnColumn[] = [
  { name: 'run_number', type: 'integer', says: 'How many runs have had it: each takes the next number' },
  { name: 'run_id', type: 'text', says: 'The run that has it, or had it last' },
  { name: 'owner', type: 'text', says: 'The computer and process of that run' },
  { name: 'taken_at', type: 'timestamp', says: 'When that run took it, UTC' },
  { name: 'expires_at', type: 'timestamp', says: 'From when on another may take it, if it is not renewed, UTC' },
  { name: 'released_at', type: 'timestamp', says: 'When that run gave it back, UTC; NULL while it has it' },
]

/** `lease`, with its one row. */
export function leaseTable(lease: TableName): OwnTable {
  return ownTable(lease, 'One row: which run may change the tables of this target, and until when.', columns)
}

/** The row before any run: it is free. */
export function firstLease(dialect: Dialect): readonly string[] {
  const never = dialect.timestamp('1970-01-01 00:00:00')
  const nobody = nullOf(dialect, 'text')
  return [literal(dialect, 0), nobody, nobody, nullOf(dialect, 'timestamp'), never, never]
}

/** Whose the lease is. */
export interface Standing {
  readonly runNumber: number
  /** Undefined where no run has had it yet. */
  readonly runId: string | undefined
  readonly owner: string
  /** `2026-06-01 12:00:00`, UTC. */
  readonly takenAt: string
  readonly expiresAt: string
  readonly isReleased: boolean
  /** By the warehouse's clock; or nobody has it. */
  readonly isExpired: boolean
}

export function standingQuery(lease: TableName, now: string): string {
  const flags = `released_at is not null as is_released, expires_at <= ${now} as is_expired`
  return `select run_number, run_id, owner, taken_at, expires_at, ${flags}\nfrom ${tablePath(lease)}`
}

export function standingOf(row: Row): Standing {
  const { run_id: runId } = row
  return {
    runNumber: Number(row.run_number),
    runId: typeof runId === 'string' ? runId : undefined,
    owner: String(row.owner),
    takenAt: seconds(row.taken_at),
    expiresAt: seconds(row.expires_at),
    isReleased: row.is_released === true,
    isExpired: row.is_expired === true,
  }
}

function seconds(instant: unknown): string {
  return String(instant).slice(0, 19)
}

export interface Statements {
  /** Changes the row where nobody has the lease and it is still as it was seen; of two who try, one changes it. */
  take(seen: Standing): string
  /** Changes the row where the run still has the lease. */
  readonly renew: string
  readonly release: string
}

/** What is done to the row for one run. `fromNow` is an instant by the warehouse's clock. */
export function statementsOf(
  lease: TableName,
  { runId, owner, seconds: life }: { readonly runId: string; readonly owner: string; readonly seconds: number },
  dialect: Dialect,
  fromNow: (seconds: number) => string,
): Statements {
  const update = `update ${tablePath(lease)}`
  const isOurs = `run_id = ${dialect.text(runId)} and released_at is null`
  return {
    take: ({ runNumber }) =>
      [
        update,
        `set run_number = ${runNumber + 1}, run_id = ${dialect.text(runId)}, owner = ${dialect.text(owner)},`,
        `  taken_at = ${fromNow(0)}, expires_at = ${fromNow(life)}, released_at = ${nullOf(dialect, 'timestamp')}`,
        `where run_number = ${runNumber} and (released_at is not null or expires_at <= ${fromNow(0)})`,
      ].join('\n'),
    renew: `${update} set expires_at = ${fromNow(life)} where ${isOurs}`,
    release: `${update} set expires_at = ${fromNow(0)}, released_at = ${fromNow(0)} where ${isOurs}`,
  }
}
