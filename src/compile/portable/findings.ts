import { Lines } from './lines.ts'
import { endOf, startOf } from './tree.ts'

/** What the engines do not agree on, where it stands in the text (line and column from 1), and what to write instead. */
export interface PortableFinding {
  readonly line: number
  readonly column: number
  readonly message: string
  readonly hint: string
}

/** What differs between the engines, and what to write instead. */
export type Refusal = readonly [message: string, hint: string]

/** Gathers what one text is refused for. */
export class Findings {
  private readonly lines: Lines
  private readonly found = new Map<string, PortableFinding>()

  constructor(private readonly text: string) {
    this.lines = new Lines(text)
  }

  /** Refuses at the first of these parts of the tree that has a place; where none has one, at the beginning of the text. */
  at(parts: readonly unknown[], [message, hint]: Refusal): void {
    this.add(this.startOfFirst(parts) ?? 0, message, hint)
  }

  /** Refuses at the last `symbol` before `part`: the tree does not say where operators and clauses begin. */
  before(symbol: string, part: unknown, [message, hint]: Refusal): void {
    const offset = this.startOfFirst([part]) ?? 0
    this.add(this.lastBefore(symbol, offset) ?? offset, message, hint)
  }

  /** Refuses at an offset of the text. */
  atOffset(offset: number, [message, hint]: Refusal): void {
    this.add(offset, message, hint)
  }

  /** Refuses at the first `symbol` after `part`. */
  after(symbol: string, part: unknown, [message, hint]: Refusal): void {
    const end = endOf(part)
    const at = end ? this.text.toLowerCase().indexOf(symbol, this.lines.offsetOf(end)) : -1
    this.add(at < 0 ? (this.startOfFirst([part]) ?? 0) : at, message, hint)
  }

  /** Whether the operator before `part`, which ends as `symbol` does, is `symbol` whole. */
  precedes(symbol: string, part: unknown): boolean {
    const at = this.lastBefore(symbol.slice(-1), this.startOfFirst([part]) ?? 0)
    return at !== undefined && this.text.slice(0, at + 1).endsWith(symbol)
  }

  /** In the order of the text. */
  inOrder(): readonly PortableFinding[] {
    return [...this.found.values()].sort((a, b) => a.line - b.line || a.column - b.column)
  }

  private startOfFirst(parts: readonly unknown[]): number | undefined {
    for (const part of parts) {
      const start = startOf(part)
      if (start) return this.lines.offsetOf(start)
    }
    return undefined
  }

  private lastBefore(symbol: string, offset: number): number | undefined {
    const at = this.text.slice(0, offset).toLowerCase().lastIndexOf(symbol)
    return at < 0 ? undefined : at
  }

  private add(offset: number, message: string, hint: string): void {
    const { line, column } = this.lines.positionAt(offset)
    this.found.set(`${offset} ${message}`, { line, column, message, hint })
  }
}
