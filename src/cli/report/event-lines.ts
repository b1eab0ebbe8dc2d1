import type { RunEvent } from '../../run/events.ts'
import type { Colors } from '../colors.ts'
import { nodeLine } from './node-line.ts'
import { problemText } from './problem-text.ts'
import { labelOf, type RunView } from './run-view.ts'
import { summaryLines } from './summary.ts'
import { countOf } from './words.ts'

/** What a person is told of an event, once and for all. */
export function eventLines(event: RunEvent, view: RunView, colors: Colors): readonly string[] {
  switch (event.type) {
    case 'run_started':
      return [`${countOf(event.nodeCount, 'step')}, ${event.threads} at a time, as of ${event.startedAt} UTC`, '']
    case 'node_started':
      return []
    case 'node_finished':
      // There are many, and that one is good is no news: they are counted in the summary.
      if (event.result.kind === 'unit-test' && event.result.status === 'success') return []
      // One failure may skip half of the project: what was not reached is told once, with its reason, in the summary.
      if (event.result.status === 'skipped') return []
      return [nodeLine(event, view, colors)]
    case 'note': {
      const kind = view.compiled.models.has(event.name) ? 'model' : 'source'
      return [`${colors.yellow('note')}  ${labelOf(view.compiled, { kind, name: event.name })}: ${event.message}`]
    }
    case 'problem':
      return [problemText(event.problem, colors, view.cwd)]
    case 'run_finished':
      return ['', ...summaryLines(event.result, view, colors)]
  }
}
