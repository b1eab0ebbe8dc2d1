/** Work that can be stopped from elsewhere: nothing of it is begun after that. */
export class StoppableWork {
  private readonly controller = new AbortController()

  get isStopped(): boolean {
    return this.controller.signal.aborted
  }

  /** Ends what the work waits for: the pause between two tries, the fetching of rows. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  stop(): void {
    this.controller.abort()
  }
}
