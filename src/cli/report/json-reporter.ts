import type { RunEvent } from '../../run/events.ts'
import type { Terminal } from '../terminal.ts'
import type { Reporter } from './reporter.ts'

/** Each event as it comes, one object a line. */
export class JsonReporter implements Reporter {
  constructor(private readonly terminal: Terminal) {}

  on(event: RunEvent): void {
    this.terminal.emit({ ...event })
  }

  stopping(): void {
    this.terminal.emit({ type: 'run_stopping' })
  }

  close(): void {}
}
