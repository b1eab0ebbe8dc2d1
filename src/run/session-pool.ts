import type { LaterCost, Session } from '../warehouse/warehouse.ts'
import type { RunInput } from './run-input.ts'
import { stoppable } from './stoppable.ts'

/** Conversations with a warehouse for as many pieces of work as run at a time. A stopped run interrupts those in use, and says what it stopped. */
export class SessionPool {
  private readonly idle: Session[] = []
  /** Who waits for a session: a new one, or one that another has done with, whichever comes first. */
  private readonly waiting: ((session: Session) => void)[] = []
  private isClosed = false
  private readonly busy = new Map<Session, string>()
  private readonly interrupt = (): void => {
    for (const [session, node] of this.busy) {
      const stopped = session.interrupt()
      if (stopped !== undefined) this.input.emit({ type: 'note', name: node, message: `stopping ${stopped}` })
    }
  }

  constructor(private readonly input: Pick<RunInput, 'warehouse' | 'signal' | 'runId' | 'owner' | 'emit'>) {
    input.signal.addEventListener('abort', this.interrupt)
  }

  /** For work that ends where the run is stopped; `model` is the one that it is of. */
  useUntilStopped<T>(node: string, work: (session: Session) => Promise<T>, model?: string): Promise<T> {
    return this.use(node, session => work(stoppable(session, this.input.signal)), model)
  }

  async use<T>(node: string, work: (session: Session) => Promise<T>, model?: string): Promise<T> {
    const session = this.idle.pop() ?? (await this.next())
    const { runId, owner } = this.input
    session.begin({ runId, node, model, owner })
    this.busy.set(session, node)
    try {
      return await work(session)
    } finally {
      this.busy.delete(session)
      this.putBack(session)
    }
  }

  /** A warehouse may let no more sessions in than are open already, and wait with another until one is closed. */
  private next(): Promise<Session> {
    return new Promise((resolve, reject) => {
      this.waiting.push(resolve)
      const refused = (error: unknown): void => {
        const place = this.waiting.indexOf(resolve)
        if (place >= 0) this.waiting.splice(place, 1)
        reject(error)
      }
      this.input.warehouse.connect().then(session => this.putBack(session), refused)
    })
  }

  private putBack(session: Session): void {
    const next = this.waiting.shift()
    if (next !== undefined) next(session)
    else if (this.isClosed) session.close()
    else this.idle.push(session)
  }

  /** What the warehouse tells of the statements of all conversations only after they have run. */
  async laterCosts(): Promise<ReadonlyMap<string, LaterCost>> {
    const told = await Promise.all(this.idle.map(session => session.laterCosts?.()))
    return new Map(told.flatMap(costs => [...(costs ?? [])]))
  }

  close(): void {
    this.isClosed = true
    this.input.signal.removeEventListener('abort', this.interrupt)
    for (const session of this.idle.splice(0)) session.close()
  }
}
