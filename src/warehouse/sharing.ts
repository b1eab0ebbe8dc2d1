import type { TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { tablePath } from '../compile/naming.ts'
import type { OwnTable, Session } from './warehouse.ts'

/** The lease that a run has: what it changes, it changes only as long as the lease is its own. */
export interface Fence {
  readonly lease: TableName
  readonly runId: string
}

/** What keeps two runs from writing one target at a time, where the warehouse lets many processes in. */
export interface Sharing {
  /** A session for the statements of the lease, which wait for no other statement's turn. */
  connect(): Promise<Session>
  /** So many seconds from now by the warehouse's own clock: an expression. */
  fromNow(seconds: number): string
  /** Makes a table with one row where there is none of its name: of two who do so at a time, one does. `row` are literals, one for each column. */
  createWithRow(session: Session, table: OwnTable, row: readonly string[]): Promise<void>
  /** A condition that holds while the lease is the run's. A statement that meets it otherwise changes nothing, and fails with an error of the kind `lease`. */
  fence(fence: Fence): string
  /**
   * Stops what a run still has running, and waits for its end; gives the warehouse's names of what was stopped, and tells `note` what could not be
   * looked at. Throws `WarehouseError` where it does not end.
   */
  stopJobs(session: Session, runId: string, note?: (message: string) => void): Promise<readonly string[]>
}

/** Whether the lease is a run's, as a condition that every engine knows. */
export function isHeld({ lease, runId }: Fence, dialect: Dialect): string {
  const held = `w.run_id = ${dialect.text(runId)} and w.released_at is null`
  return `(select count(*) from ${tablePath(lease)} as w where ${held}) > 0`
}

/** What a statement says that finds the lease to be another run's. */
export function leaseLost({ runId }: Fence): string {
  return `run ${runId} has lost the lease of its target`
}

/** Whether an engine's message is that of `leaseLost`. */
export function saysLeaseLost(message: string): boolean {
  return /run \S+ has lost the lease of its target/.test(message)
}
