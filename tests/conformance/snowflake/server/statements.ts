import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binds } from './binds.ts'
import type { Result } from './results.ts'
import { type Runner, unless } from './runner.ts'
import { ServiceError } from './service-error.ts'
import type { Session } from './sessions.ts'

/** A statement that was asked for, as the service keeps it. */
export interface Statement {
  readonly id: string
  readonly requestId: string
  readonly sessionId: number
  readonly sql: string
  /** The query tag that it ran under. */
  readonly tag: string | undefined
  state: 'queued' | 'running' | 'success' | 'failed'
  /** How often the engine has run it: once, however often it was asked for. */
  runs: number
  /** How often it was asked for, by requests of the same id. */
  asked: number
  error?: ServiceError
  result?: Result
  /** Ends when the statement has, in whatever way. */
  done: Promise<void>
  /** Whether it could still be stopped. */
  cancel(): boolean
}

export interface Asked {
  readonly requestId: string
  readonly sql: string
  readonly binds?: Binds | undefined
  readonly tag?: string | undefined
  readonly describeOnly?: boolean | undefined
  /** Before it starts. */
  readonly waitMilliseconds?: number | undefined
  /** In place of running it. */
  readonly failure?: ServiceError | undefined
}

/** All statements so far, and how they run. */
export class Statements {
  private readonly known = new Map<string, Statement>()
  private readonly requests = new Map<string, Statement>()

  constructor(private readonly runner: Runner) {}

  /** In the order in which they were asked for. */
  all(): readonly Statement[] {
    return [...this.known.values()]
  }

  byId(id: string): Statement | undefined {
    return this.known.get(id)
  }

  byRequest(requestId: string): Statement | undefined {
    return this.requests.get(requestId)
  }

  /** Starts it after those of its session. A request that was there before gets what that one got. */
  start(session: Session, asked: Asked): Statement {
    const before = this.requests.get(asked.requestId)
    if (before !== undefined) {
      before.asked += 1
      return before
    }
    const stop = new AbortController()
    const { requestId, sql } = asked
    const statement: Statement = {
      id: `01${randomUUID().slice(2)}`,
      requestId,
      sessionId: session.id,
      sql,
      tag: asked.tag ?? session.settings.get('QUERY_TAG'),
      state: 'queued',
      runs: 0,
      asked: 1,
      done: Promise.resolve(),
      cancel: () => {
        if (statement.state !== 'queued') return false
        stop.abort()
        return true
      },
    }
    statement.done = this.carryOut(session, asked, statement, stop.signal)
    session.last = statement.done
    this.known.set(statement.id, statement)
    this.requests.set(requestId, statement)
    return statement
  }

  private async carryOut(session: Session, asked: Asked, statement: Statement, stop: AbortSignal): Promise<void> {
    try {
      await unless(stop, session.last)
      await unless(stop, slowness(session, asked.waitMilliseconds ?? 0))
      if (asked.failure !== undefined) throw asked.failure
      statement.result = await this.runner.run(session, asked, statement, stop)
      statement.state = 'success'
    } catch (error) {
      statement.error = asServiceError(error)
      statement.state = 'failed'
    }
  }
}

/** Two days, as the service has it. */
const statementTimeoutSeconds = 172_800

/** The time that a slow statement takes, at most as long as a statement of the session may. */
async function slowness({ settings }: Session, milliseconds: number): Promise<void> {
  const seconds = Number(settings.get('STATEMENT_TIMEOUT_IN_SECONDS') ?? statementTimeoutSeconds)
  await delay(Math.min(milliseconds, seconds * 1000))
  if (milliseconds <= seconds * 1000) return
  const message = `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`
  throw new ServiceError('000630', '57014', message)
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error
  return new ServiceError('370001', 'XX000', error instanceof Error ? (error.stack ?? error.message) : String(error))
}
