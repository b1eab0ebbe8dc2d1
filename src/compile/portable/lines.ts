/** Both from 1. The parser counts characters (code points), everybody else UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Where the lines of a text begin; turns the parser's positions into offsets, and offsets into an editor's positions. */
export class Lines {
  private starts: readonly number[] | undefined

  constructor(private readonly text: string) {}

  /** The offset, in UTF-16 units, of a position that the parser gave. */
  offsetOf({ line, column }: Position): number {
    const starts = this.lineStarts()
    const start = starts[line - 1] ?? this.text.length
    const end = starts[line] ?? this.text.length
    const whole = this.text.slice(start, end)
    if (!/[\uD800-\uDBFF]/.test(whole)) return start + column - 1
    return start + [...whole].slice(0, column - 1).join('').length
  }

  positionAt(offset: number): Position {
    const starts = this.lineStarts()
    const line = starts.findLastIndex(start => start <= offset)
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }

  private lineStarts(): readonly number[] {
    if (this.starts === undefined) {
      const starts = [0]
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1)
      this.starts = starts
    }
    return this.starts
  }
}
