export type Alignment = 'left' | 'right'

/** Rows as lines with their cells under each other, two spaces between; no spaces at the ends of lines. */
export function alignedLines(rows: readonly (readonly string[])[], alignments: readonly Alignment[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))
  }
  return rows.map(row =>
    row
      .map((cell, index) => padded(cell, widths[index]!, alignments[index] ?? 'left'))
      .join('  ')
      .trimEnd(),
  )
}

/** `text` in at most `width` characters, its end replaced by an ellipsis where it is longer. */
export function cut(text: string, width: number): string {
  const characters = [...text]
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}

/** `text` filled up with spaces; the colours in it take no room. */
export function padded(text: string, width: number, alignment: Alignment): string {
  const room = ' '.repeat(Math.max(0, width - widthOf(text)))
  return alignment === 'left' ? text + room : room + text
}

export function widthOf(text: string): number {
  return [...text.replaceAll(colorCodes, '')].length
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours begin
const colorCodes = /\u001b\[\d+m/g
