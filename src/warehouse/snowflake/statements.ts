import { randomUUID } from 'node:crypto'
import type { RetryOptions } from '../retries.ts'
import { type Answer, type Connection, cancel, type Sent } from './connection.ts'
import {
  interrupted,
  isLockConflict,
  isSessionLost,
  isStopped,
  isWithoutWarehouse,
  mayPass,
  stoppedBefore,
} from './errors.ts'
import type { Running } from './running.ts'

/** What statements are sent through: one connection at a time, made anew where Snowflake has dropped it. */
export interface Line {
  readonly connection: Connection
  /** What was sent before is undone with its session: it is for the whole transaction to begin again. */
  readonly isInTransaction: boolean
  /** Chooses the warehouse that computes what is sent next; asked before each time that something is sent. */
  prepare(running: Running): Promise<void>
  /** Signs in again. */
  renew(): Promise<void>
  /** Wakes the warehouse that is chosen; says whether that could be done. It commits what is open, so that it is not asked in a transaction. */
  resume(running: Running): Promise<boolean>
}

const renewalsAtMost = 2
const attempts = 3
const firstWait = 1_000
const longestWait = 30_000

/**
 * Sends a statement, and again where its failure may pass. Where an answer was lost, the driver sends it again under the same id, and so does
 * this where the session is lost, so that it is begun once; where Snowflake answered that it did nothing, it is sent as another.
 */
export async function send(
  line: Line,
  statement: Omit<Sent, 'requestId'>,
  running: Running,
  retries: RetryOptions,
): Promise<Answer> {
  let requestId = randomUUID()
  let renewals = 0
  let hasResumed = false
  for (let attempt = 0; ; ) {
    try {
      await line.prepare(running)
      if (running.isStopped) throw stoppedBefore()
      return await line.connection.send({ ...statement, requestId }, running)
    } catch (error) {
      if (running.isStopped || isStopped(error)) throw error
      if (isSessionLost(error)) {
        if (line.isInTransaction || renewals >= renewalsAtMost) throw error
        renewals += 1
        await line.renew()
        if (statement.isOfItsSession) requestId = randomUUID()
        continue
      }
      requestId = randomUUID()
      if (isWithoutWarehouse(error) && !line.isInTransaction && !hasResumed) {
        hasResumed = true
        if (await line.resume(running)) continue
        if (running.isStopped) throw error
      }
      const isWorthAWait = mayPass(error) || (isLockConflict(error) && !line.isInTransaction)
      attempt += 1
      if (!isWorthAWait || attempt >= attempts) throw error
      await pause(attempt, running, retries)
      if (running.isStopped) throw error
    }
  }
}

/** Carries out a transaction, which undoes what it did where it fails, and all of it again where its failure may pass, unless it is stopped by then. */
export async function again<T>(
  transaction: () => Promise<T>,
  mayPassAs: (error: unknown) => boolean | Promise<boolean>,
  running: Running,
  retries: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction()
    } catch (error) {
      if (attempt >= attempts || !(await mayPassAs(error))) throw error
      await pause(attempt, running, retries)
      if (running.isStopped) throw interrupted(error)
    }
  }
}

/** Whether a transaction that failed so may well succeed when all of it is sent again. */
export function transactionMayPass(error: unknown): boolean {
  return isSessionLost(error) || isLockConflict(error) || mayPass(error)
}

/** Ends at once where what runs is stopped. */
function pause(attempt: number, { signal }: Running, { wait, random }: RetryOptions): Promise<void> {
  return wait(Math.min(longestWait, firstWait * 2 ** attempt) * (0.5 + random() / 2), signal)
}

const cancelsAtMost = 60

/** Cancels the statement that runs. A cancel that comes before its statement has begun finds nothing: it is said again until the statement has ended. */
export async function cancelRunning(running: Running, { wait }: RetryOptions): Promise<void> {
  const { statement } = running
  for (let asked = 0; asked < cancelsAtMost && statement !== undefined && running.statement === statement; asked++) {
    await cancel(statement)
    await wait(firstWait)
  }
}
