import type { Session } from '../warehouse/warehouse.ts'
import type { RunInput } from './run-input.ts'
import { stoppable } from './stoppable.ts'

/** Conversations with a warehouse for as many pieces of work as run at a time. A stopped run interrupts those in use, and says what it stopped. */
export class SessionPool {
  private readonly idle: Session[] = []
  private readonly busy = new Map<Session, string>()
  private readonly interrupt = (): void => {
    for (const [session, node] of this.busy) {
      const stopped = session.interrupt()
      if (stopped !== undefined) this.input.emit({ type: 'note', name: node, message: `stopping ${stopped}` })
    }
  }

  constructor(private readonly input: Pick<RunInput, 'warehouse' | 'signal' | 'runId' | 'emit'>) {
    input.signal.addEventListener('abort', this.interrupt)
  }

  /** For work that ends where the run is stopped. */
  useUntilStopped<T>(node: string, work: (session: Session) => Promise<T>): Promise<T> {
    return this.use(node, session => work(stoppable(session, this.input.signal)))
  }

  async use<T>(node: string, work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.idle.pop() ?? (await this.input.warehouse.connect())
    session.begin({ runId: this.input.runId, node })
    this.busy.set(session, node)
    try {
      return await work(session)
    } finally {
      this.busy.delete(session)
      this.idle.push(session)
    }
  }

  close(): void {
    this.input.signal.removeEventListener('abort', this.interrupt)
    for (const session of this.idle.splice(0)) session.close()
  }
}
