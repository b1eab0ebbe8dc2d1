import type { Terminal } from '../terminal.ts'
import { JsonReporter } from './json-reporter.ts'
import { LineReporter } from './line-reporter.ts'
import { LiveReporter } from './live-reporter.ts'
import type { Reporter } from './reporter.ts'
import type { RunView } from './run-view.ts'

/** JSON where it was asked for, a live table for a person at a terminal, plain lines for a file or another program. */
export function reporterOn(terminal: Terminal, view: RunView): Reporter {
  if (terminal.form === 'json') return new JsonReporter(terminal)
  const { isTerminal } = terminal.effects.stdout
  return isTerminal && terminal.effects.env.TERM !== 'dumb'
    ? new LiveReporter(terminal, view)
    : new LineReporter(terminal, view)
}
