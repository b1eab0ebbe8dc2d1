import { WarehouseError } from '../warehouse.ts'

/** What a session waits for at the moment, so that it can be stopped. */
export class Running {
  /** The job whose end or rows are waited for; undefined where it is over and read. */
  jobId: string | undefined
  private readonly controller = new AbortController()

  get isStopped(): boolean {
    return this.controller.signal.aborted
  }

  /** Ends the pause between two tries. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  stop(): void {
    this.controller.abort()
  }
}

/** What is thrown in the place of whatever came of being stopped. */
export function wasStopped(jobId: string, cause?: unknown): WarehouseError {
  return new WarehouseError(`job ${jobId} was stopped`, { kind: 'interrupted', cause })
}
