import type { RunEvent } from '../../run/events.ts'

/** Tells what happens in a run. */
export interface Reporter {
  on(event: RunEvent): void
  /** The run was asked to stop, and is about to. */
  stopping(): void
  /** There is nothing more to tell. */
  close(): void
}
