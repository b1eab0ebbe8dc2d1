import type { TextPlace } from './errors.ts'

const tabWidth = 8

/** The offset of what Google calls line and column; the text's end where it is shorter. */
export function offsetAt(text: string, line: number, column: number): number {
  let at = 0
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf('\n', at)
    if (end < 0) return text.length
    at = end + 1
  }
  for (let reached = 1; reached < column && at < text.length && text[at] !== '\n'; ) {
    const character = text.codePointAt(at)!
    reached = after(reached, character)
    at += character > 0xffff ? 2 : 1
  }
  return at
}

export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  let column = 1
  for (const character of before.slice(lineStart)) column = after(column, character.codePointAt(0)!)
  return { offset, line: before.split('\n').length, column }
}

function after(column: number, character: number): number {
  return character === 9 ? Math.ceil(column / tabWidth) * tabWidth + 1 : column + 1
}
