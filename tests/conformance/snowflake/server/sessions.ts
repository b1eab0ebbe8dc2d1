import { randomUUID } from 'node:crypto'
import type { EngineSession, Fakesnow } from './fakesnow.ts'
import type { Settings } from './session-settings.ts'
import type { User } from './sign-in.ts'

/** A session of the service, with its transaction and its settings. */
export interface Session {
  readonly id: number
  readonly user: User
  readonly role: string | null
  warehouse: string | null
  readonly engine: EngineSession
  readonly settings: Settings
  token: string
  readonly masterToken: string
  /** A transaction that was asked for has its view of the tables from its first change on. */
  transaction: 'none' | 'asked' | 'begun'
  /** Its statements run one after the other: the end of the last that was asked for. */
  last: Promise<unknown>
}

export interface SessionStart {
  readonly user: User
  readonly role: string | null
  readonly warehouse: string | null
  readonly database: string | undefined
  readonly schema: string | undefined
}

/** Sessions by the tokens that they are asked with. */
export class Sessions {
  private readonly open = new Map<string, Session>()
  private readonly masters = new Map<string, Session>()
  private readonly expired = new Set<string>()
  private started = 0

  constructor(private readonly engine: Fakesnow) {}

  async start({ user, role, warehouse, database, schema }: SessionStart): Promise<Session> {
    this.started += 1
    const session: Session = {
      id: this.started,
      user,
      role,
      warehouse,
      engine: await this.engine.open(database, schema),
      settings: new Map(),
      token: randomUUID(),
      masterToken: randomUUID(),
      transaction: 'none',
      last: Promise.resolve(),
    }
    this.open.set(session.token, session)
    this.masters.set(session.masterToken, session)
    return session
  }

  /** Who asks: a session, or why there is none. */
  of(token: string | undefined): Session | 'expired' | 'unknown' {
    const session = this.open.get(token ?? '')
    if (session !== undefined) return session
    return this.expired.has(token ?? '') ? 'expired' : 'unknown'
  }

  /** Its token is no longer good; it is to be renewed. */
  expire(session: Session): void {
    this.open.delete(session.token)
    this.expired.add(session.token)
  }

  /** Nor can it be renewed. */
  expireLogin(session: Session): void {
    this.expire(session)
    this.masters.delete(session.masterToken)
  }

  /** A new token for the session that has this one to renew it by. */
  renew(masterToken: string | undefined): Session | undefined {
    const session = this.masters.get(masterToken ?? '')
    if (session === undefined) return undefined
    this.open.delete(session.token)
    session.token = randomUUID()
    this.open.set(session.token, session)
    return session
  }

  /** Ends it and undoes what it has not committed. */
  async end(session: Session): Promise<void> {
    this.open.delete(session.token)
    this.masters.delete(session.masterToken)
    await session.last.catch(() => undefined)
    await session.engine.end()
  }

  all(): readonly Session[] {
    return [...this.masters.values()]
  }
}
