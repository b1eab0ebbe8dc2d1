/** A run of characters of a template that is copied as it stands; `offset` counts in the raw text of the chunk. */
export interface Piece {
  readonly text: string
  readonly offset: number
}

/** A chunk of a template (what stands between two `${}`) as lines, the margin cut. */
export type ChunkLines = readonly (readonly Piece[])[]

const cache = new WeakMap<TemplateStringsArray, readonly ChunkLines[]>()

/**
 * The chunks of a template with its margin cut: the least indentation of its lines goes, as do empty lines at both ends. Escaped backticks
 * and `\${` become what they stand for; every other backslash stays as typed.
 */
export function chunksOf(strings: TemplateStringsArray): readonly ChunkLines[] {
  const known = cache.get(strings)
  if (known) return known
  const raw = strings.raw
  const margin = marginOf(raw)
  const chunks = raw.map(chunk => linesOf(chunk, margin))
  trimEnds(chunks)
  cache.set(strings, chunks)
  return chunks
}

function marginOf(raw: readonly string[]): number {
  let margin = Number.POSITIVE_INFINITY
  raw.forEach((chunk, index) => {
    const lines = chunk.split('\n')
    lines.forEach((line, number) => {
      if (number === 0) return // goes on from the line before
      const endsInValue = number === lines.length - 1 && index < raw.length - 1
      if (line.trim() === '' && !endsInValue) return
      margin = Math.min(margin, line.length - line.trimStart().length)
    })
  })
  return margin === Number.POSITIVE_INFINITY ? 0 : margin
}

function linesOf(chunk: string, margin: number): Piece[][] {
  const lines: Piece[][] = []
  let offset = 0
  chunk.split('\n').forEach((line, number) => {
    const cut = number === 0 ? 0 : Math.min(margin, line.length - line.trimStart().length)
    lines.push(withoutEscapes(line.slice(cut), offset + cut))
    offset += line.length + 1
  })
  return lines
}

function withoutEscapes(text: string, offset: number): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  for (const match of text.matchAll(/\\(?=`|\$\{)/g)) {
    if (match.index > start) pieces.push({ text: text.slice(start, match.index), offset: offset + start })
    start = match.index + 1
  }
  if (start < text.length) pieces.push({ text: text.slice(start), offset: offset + start })
  return pieces
}

function trimEnds(chunks: Piece[][][]): void {
  const first = chunks[0]!
  while (first.length > 1 && isBlank(first[0]!)) first.shift()
  const last = chunks[chunks.length - 1]!
  while (last.length > 1 && isBlank(last[last.length - 1]!)) last.pop()
}

function isBlank(line: readonly Piece[]): boolean {
  return line.every(piece => piece.text.trim() === '')
}
