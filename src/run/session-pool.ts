import type { Session, Warehouse } from '../warehouse/warehouse.ts'
import { stoppable } from './stoppable.ts'

/** Conversations with a warehouse for as many pieces of work as run at a time. A stopped run interrupts those in use. */
export class SessionPool {
  private readonly idle: Session[] = []
  private readonly busy = new Set<Session>()
  private readonly interrupt = (): void => {
    for (const session of this.busy) session.interrupt()
  }

  constructor(
    private readonly warehouse: Warehouse,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.interrupt)
  }

  /** For work that ends where the run is stopped. */
  useUntilStopped<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.use(session => work(stoppable(session, this.signal)))
  }

  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.idle.pop() ?? (await this.warehouse.connect())
    this.busy.add(session)
    try {
      return await work(session)
    } finally {
      this.busy.delete(session)
      this.idle.push(session)
    }
  }

  close(): void {
    this.signal.removeEventListener('abort', this.interrupt)
    for (const session of this.idle.splice(0)) session.close()
  }
}
