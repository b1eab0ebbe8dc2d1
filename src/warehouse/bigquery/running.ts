import { StoppableWork } from '../stoppable-work.ts'
import { WarehouseError } from '../warehouse.ts'

/** What a session waits for at the moment. */
export class Running extends StoppableWork {
  /** The job whose end or rows are waited for; undefined where it is over and read. */
  jobId: string | undefined
}

/** What is thrown in the place of whatever came of being stopped. */
export function wasStopped(jobId: string, cause?: unknown): WarehouseError {
  return new WarehouseError(`job ${jobId} was stopped`, { kind: 'interrupted', cause })
}
