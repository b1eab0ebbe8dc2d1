/** The line at `line` of `text` with a caret under `column` (both from 1), as two lines; long lines are cut around the caret. */
export function excerptOf(text: string, line: number, column: number): string {
  const whole = text.split(/\r?\n/)[line - 1] ?? ''
  const start = Math.max(0, column - 1 - 90)
  const shown = whole.slice(start, start + 160).replaceAll('\t', ' ')
  return `${shown}\n${' '.repeat(Math.max(0, column - 1 - start))}^`
}
