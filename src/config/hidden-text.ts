import { excerptOf } from '../problems/excerpt.ts'

/** A stretch of text by its UTF-16 offsets; `end` is no more in it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The excerpt at a line and column, both from 1, with `***` for each stretch that is hidden. `lineStart` is the line's offset. */
export function excerptWithout(hidden: readonly Span[], text: string, lineStart: number, column: number): string {
  const line = text.slice(lineStart).split(/\r?\n/, 1)[0]!
  const caret = column - 1
  let shown = ''
  let shownCaret = caret
  let position = 0
  for (const { start, end } of onLine(hidden, line, lineStart)) {
    shown += line.slice(position, start)
    if (caret > start) shownCaret = caret < end ? shown.length : shown.length + mark.length + caret - end
    shown += mark
    position = end
  }
  return excerptOf(shown + line.slice(position), 1, shownCaret + 1)
}

const mark = '***'

/** What is hidden of one line, by its own offsets, in order and apart from each other; white space around it is left. */
function onLine(hidden: readonly Span[], line: string, lineStart: number): readonly Span[] {
  const within = hidden
    .map(({ start, end }) => trimmed(line, Math.max(0, start - lineStart), Math.min(line.length, end - lineStart)))
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start)
  const apart: Span[] = []
  for (const span of within) {
    const last = apart.at(-1)
    if (last === undefined || span.start > last.end) apart.push(span)
    else if (span.end > last.end) apart[apart.length - 1] = { start: last.start, end: span.end }
  }
  return apart
}

function trimmed(line: string, start: number, end: number): Span {
  const part = line.slice(start, end)
  return { start: start + part.length - part.trimStart().length, end: end - (part.length - part.trimEnd().length) }
}
