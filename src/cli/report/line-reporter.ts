import type { RunEvent } from '../../run/events.ts'
import type { Terminal } from '../terminal.ts'
import { eventLines } from './event-lines.ts'
import type { Reporter } from './reporter.ts'
import type { RunView } from './run-view.ts'

/** A line for each node that is done, then the summary: for logs. */
export class LineReporter implements Reporter {
  constructor(
    private readonly terminal: Terminal,
    private readonly view: RunView,
  ) {}

  on(event: RunEvent): void {
    for (const line of eventLines(event, this.view, this.terminal.colors)) this.terminal.print(line)
  }

  stopping(): void {
    this.terminal.print(stoppingLine)
  }

  close(): void {}
}

export const stoppingLine = 'Stopping: running statements are interrupted; Ctrl-C again kills'
