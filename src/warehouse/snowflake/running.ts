import type { RowStatement } from 'snowflake-sdk'

/** What runs at the moment, a statement or all of a transaction, so that it can be stopped: nothing of it is begun after that. */
export class Running {
  /** The statement, once it is sent and until it has answered. */
  statement: RowStatement | undefined
  private readonly controller = new AbortController()

  get isStopped(): boolean {
    return this.controller.signal.aborted
  }

  /** Ends the pause between two tries, and the fetching of rows. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  stop(): void {
    this.controller.abort()
  }
}
