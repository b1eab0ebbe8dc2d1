import type { RunEvent } from '../../run/events.ts'
import type { Terminal } from '../terminal.ts'
import { eventLines } from './event-lines.ts'
import { stoppingLine } from './line-reporter.ts'
import type { Reporter } from './reporter.ts'
import { labelOf, type RunView } from './run-view.ts'
import { cut, padded } from './text-table.ts'
import { durationOf } from './words.ts'

const redrawEvery = 100
const shownAtMost = 10

/** What is done scrolls away as lines; below it stands a table of what is running, drawn again ten times a second. */
export class LiveReporter implements Reporter {
  private readonly running = new Map<string, { readonly label: string; readonly since: number }>()
  private done = 0
  private of = 0
  private drawnLines = 0
  private readonly stopDrawing: () => void

  constructor(
    private readonly terminal: Terminal,
    private readonly view: RunView,
  ) {
    this.stopDrawing = terminal.effects.every(redrawEvery, () => this.draw([]))
  }

  on(event: RunEvent): void {
    if (event.type === 'run_started') this.of = event.nodeCount
    if (event.type === 'node_started') {
      this.running.set(`${event.kind} ${event.name}`, { label: labelOf(this.view.compiled, event), since: this.now() })
    }
    if (event.type === 'node_finished') {
      this.running.delete(`${event.result.kind} ${event.result.name}`)
      this.done = event.done
    }
    if (event.type === 'run_finished') this.running.clear()
    this.draw(eventLines(event, this.view, this.terminal.colors))
  }

  stopping(): void {
    this.draw([stoppingLine])
  }

  close(): void {
    this.stopDrawing()
    this.running.clear()
    this.draw([])
  }

  /** Puts lines above the table, and the table anew; in one write, so that nothing flickers. */
  private draw(lines: readonly string[]): void {
    const erased = this.drawnLines === 0 ? '' : `\u001b[${this.drawnLines}A\u001b[0J`
    const table = this.table()
    this.drawnLines = table.length
    const text = [...lines, ...table].map(line => `${line}\n`).join('')
    if (erased !== '' || text !== '') this.terminal.write(erased + text)
  }

  /** No line is longer than the terminal is wide: a wrapped line could not be erased. */
  private table(): readonly string[] {
    if (this.running.size === 0) return []
    const now = this.now()
    const width = (this.terminal.effects.stdout.columns ?? 80) - 1
    const nodes = [...this.running.values()].slice(0, shownAtMost)
    const lines = nodes.map(({ label, since }) => {
      const name = padded(cut(label, this.view.labelWidth), this.view.labelWidth, 'left')
      return `  …  ${name}  ${padded(durationOf((now - since) / 1000), 9, 'right')}`
    })
    const more = this.running.size - nodes.length
    const counts = `  ${this.done} of ${this.of} done, ${this.running.size} running`
    return [...lines, more > 0 ? `${counts}, ${more} of them not shown` : counts].map(line =>
      this.terminal.colors.dim(cut(line, width)),
    )
  }

  private now(): number {
    return this.terminal.effects.now().getTime()
  }
}
