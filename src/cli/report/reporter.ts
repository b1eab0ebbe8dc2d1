import type { RunEvent } from '../../run/events.ts'
import type { Terminal } from '../terminal.ts'
import { JsonReporter } from './json-reporter.ts'
import { LineReporter } from './line-reporter.ts'
import { LiveReporter } from './live-reporter.ts'
import type { RunView } from './run-view.ts'

/** Tells what happens in a run. */
export interface Reporter {
  on(event: RunEvent): void
  /** The run was asked to stop, and is about to. */
  stopping(): void
  /** There is nothing more to tell. */
  close(): void
}

/** JSON where it was asked for, a live table for a person at a terminal, plain lines for a file or another program. */
export function reporterOn(terminal: Terminal, view: RunView): Reporter {
  if (terminal.form === 'json') return new JsonReporter(terminal)
  const { isTerminal } = terminal.effects.stdout
  return isTerminal && terminal.effects.env.TERM !== 'dumb'
    ? new LiveReporter(terminal, view)
    : new LineReporter(terminal, view)
}
