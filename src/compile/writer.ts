/** Where characters come from: a chunk of a template, at an offset in its raw text. */
export interface Origin {
  readonly strings: TemplateStringsArray
  readonly chunk: number
  readonly offset: number
}

/** The characters `[start, end)` of a rendered text come from `origin` on. */
export interface Segment extends Origin {
  readonly start: number
  readonly end: number
}

interface LinePiece {
  readonly text: string
  readonly origin: Origin | undefined
}

/** Collects rendered text line by line: nested text takes the indentation of the line it stands on, and a line left with nothing goes. */
export class Writer {
  private done = ''
  private readonly segments: Segment[] = []
  private line: LinePiece[] = []
  private lineHasNothing = false
  private indent = ''
  private isFirstLine = true

  put(text: string, origin?: Origin): void {
    if (text !== '') this.line.push({ text, origin })
  }

  putNothing(): void {
    this.lineHasNothing = true
  }

  putLines(text: string): void {
    text.split('\n').forEach((line, index) => {
      if (index > 0) this.newline()
      this.put(line)
    })
  }

  newline(): void {
    this.endLine()
    this.put(this.indent)
  }

  /** What `body` writes is indented as the line on which it begins. */
  nested(body: () => void): void {
    const before = this.indent
    this.indent = this.leadingSpace()
    body()
    this.indent = before
  }

  finish(): { text: string; segments: readonly Segment[] } {
    this.endLine()
    return { text: this.done, segments: this.segments }
  }

  private leadingSpace(): string {
    let space = ''
    for (const { text } of this.line) {
      const trimmed = text.trimStart()
      space += text.slice(0, text.length - trimmed.length)
      if (trimmed !== '') break
    }
    return space
  }

  private endLine(): void {
    const blank = this.line.every(piece => piece.text.trim() === '')
    if (!(blank && this.lineHasNothing)) {
      if (!this.isFirstLine) this.done += '\n'
      this.isFirstLine = false
      if (!blank) this.writePieces()
    }
    this.line = []
    this.lineHasNothing = false
  }

  private writePieces(): void {
    for (const { text, origin } of this.line) {
      if (origin) this.segments.push({ ...origin, start: this.done.length, end: this.done.length + text.length })
      this.done += text
    }
  }
}
