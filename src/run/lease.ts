import { schemaOf } from '../compile/naming.ts'
import { ProblemsError } from '../problems/problem.ts'
import type { Fence, Sharing } from '../warehouse/sharing.ts'
import { type Session, WarehouseError } from '../warehouse/warehouse.ts'
import {
  firstLease,
  leaseTable,
  type Standing,
  type Statements,
  standingOf,
  standingQuery,
  statementsOf,
} from './lease-row.ts'
import type { RunInput } from './run-input.ts'

/** How long a run that is heard of no more keeps others out. */
export const leaseSeconds = 300
/** How often a run that lives renews its lease: four renewals in a row may fail. */
const renewalSeconds = 60

type LeaseInput = Pick<RunInput, 'warehouse' | 'naming' | 'runId' | 'owner' | 'every' | 'emit'>

/**
 * Takes the lease of the target, so that no other run changes its tables; undefined where the warehouse lets in one process by itself. Of a run whose
 * lease is over, what still runs is stopped. Throws `ProblemsError` where another run has it: nothing was changed then.
 */
export async function takeLease(input: LeaseInput): Promise<Lease | undefined> {
  const { sharing, dialect } = input.warehouse
  if (sharing === undefined) return undefined
  const { naming, runId, owner } = input
  const session = await sharing.connect()
  session.begin({ runId, node: 'lease', model: undefined })
  const statements = statementsOf(naming.lease, { runId, owner, seconds: leaseSeconds }, dialect, sharing.fromNow)
  const { before, askedAt } = await take(session, statements, input, sharing).catch(error => {
    session.close()
    throw error
  })
  const lease = new Lease(session, statements, input, sharing, askedAt)
  try {
    // What came in between.
    await stop(before, session, input, sharing)
  } catch (error) {
    await lease.release()
    throw error
  }
  return lease
}

/** Gives how it stood before it was taken, and when that was asked for. */
async function take(
  session: Session,
  { take: taking }: Statements,
  input: LeaseInput,
  sharing: Sharing,
): Promise<{ readonly before: Standing; readonly askedAt: number }> {
  const { warehouse, naming } = input
  await warehouse.createSchemas(session, [schemaOf(naming.lease)])
  await sharing.createWithRow(session, leaseTable(naming.lease), firstLease(warehouse.dialect))
  for (;;) {
    const seen = await look(session, input, sharing)
    if (!seen.isReleased && !seen.isExpired) throw isAnothers(seen)
    await stop(seen, session, input, sharing)
    const taken = { before: seen, askedAt: performance.now() }
    if ((await session.change(taking(seen))) > 0) return taken
    const now = await look(session, input, sharing)
    if (now.runId === input.runId) return taken
  }
}

async function look(session: Session, { naming }: LeaseInput, { fromNow }: Sharing): Promise<Standing> {
  const [row] = await session.query(standingQuery(naming.lease, fromNow(0)))
  if (row === undefined) throw new WarehouseError('the lease of the target has lost its row', { kind: 'other' })
  return standingOf(row)
}

/** A run that gave its lease back may have lost sight of a job too. */
async function stop({ runId }: Standing, session: Session, { emit }: LeaseInput, sharing: Sharing): Promise<void> {
  if (runId === undefined) return
  const note = (message: string): void => emit({ type: 'note', name: 'lease', message })
  for (const name of await sharing.stopJobs(session, runId, note))
    note(`stopped ${name}, which run ${runId} had left running`)
}

function isAnothers({ runId, owner, takenAt, expiresAt }: Standing): ProblemsError {
  const message = `run ${runId} is writing in this target: ${owner}, since ${takenAt} UTC`
  const hint = `one run at a time does: wait for it to end. If it was killed, another can begin from ${expiresAt} UTC on, unless it renews its lease until then`
  return new ProblemsError([{ kind: 'warehouse', message, hint }])
}

/** The right to change the tables of a target, which is renewed until it is given back. */
export class Lease {
  readonly fence: Fence
  private readonly loss = new AbortController()
  private readonly stopRenewing: () => void
  private renewal: Promise<void> | undefined
  private whyNotRenewed = 'the warehouse did not answer'

  constructor(
    private readonly session: Session,
    private readonly statements: Statements,
    private readonly input: LeaseInput,
    private readonly sharing: Sharing,
    /** When what is known to hold was asked for. */
    private renewedAt: number,
  ) {
    this.fence = { lease: input.naming.lease, runId: input.runId }
    this.stopRenewing = input.every(renewalSeconds * 1000, () => this.keep())
  }

  /** Is told once the lease is no longer this run's. */
  get lost(): AbortSignal {
    return this.loss.signal
  }

  /** Whether it still is this run's, by asking: what fails may fail because another run has the target, and what is taken away may be that one's. */
  async isHeld(): Promise<boolean> {
    await this.renewal
    if (!this.lost.aborted) await this.renewOnce()
    return !this.lost.aborted
  }

  private async tellWhose(): Promise<void> {
    const who = await look(this.session, this.input, this.sharing).catch(() => undefined)
    if (who !== undefined && who.runId !== this.input.runId)
      this.note(`run ${who.runId} has it: ${who.owner}, since ${who.takenAt} UTC`)
  }

  /** Lets the next run begin. Throws nothing: a lease that cannot be given back is over by itself. */
  async release(): Promise<void> {
    this.stopRenewing()
    await this.renewal
    try {
      if (!this.lost.aborted) await this.session.change(this.statements.release)
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error
      this.note(
        `it could not be given back, and keeps other runs out for ${leaseSeconds / 60} minutes at the most: ${error.message}`,
      )
    } finally {
      this.session.close()
    }
  }

  private keep(): void {
    if (this.lost.aborted) return
    if (this.renewal !== undefined) return this.loseWhenOver()
    void this.renewOnce()
  }

  /** One renewal at a time: who asks meanwhile is answered by the same. */
  private renewOnce(): Promise<void> {
    this.renewal ??= this.renew().finally(() => {
      this.renewal = undefined
    })
    return this.renewal
  }

  private async renew(): Promise<void> {
    const asked = performance.now()
    try {
      if ((await this.session.change(this.statements.renew)) > 0) this.renewedAt = asked
      else {
        this.lose('another run has it now')
        await this.tellWhose()
      }
    } catch (error) {
      this.whyNotRenewed = error instanceof Error ? error.message : String(error)
      this.loseWhenOver()
    }
  }

  private loseWhenOver(): void {
    const seconds = (performance.now() - this.renewedAt) / 1000
    if (seconds > leaseSeconds)
      this.lose(`it could not be renewed for ${leaseSeconds / 60} minutes: ${this.whyNotRenewed}`)
  }

  private lose(why: string): void {
    if (this.lost.aborted) return
    this.loss.abort()
    this.stopRenewing()
    const message = `this run has lost the lease of its target: ${why}`
    const hint =
      'it stops here and changes nothing more; what it had published stays. throughline retry does the rest, once no other run has the lease'
    this.input.emit({ type: 'problem', problem: { kind: 'warehouse', message, hint } })
  }

  private note(message: string): void {
    this.input.emit({ type: 'note', name: 'lease', message })
  }
}
