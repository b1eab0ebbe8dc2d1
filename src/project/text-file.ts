import { excerptOf } from '../problems/excerpt.ts'
import type { Problem } from '../problems/problem.ts'

/** Line and column (from 1) of an offset in a text. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** A problem of the project's files at a place in one of them. */
export function problemAt(
  file: string,
  text: string,
  at: { readonly line: number; readonly column: number },
  rest: Omit<Problem, 'kind' | 'place' | 'excerpt'>,
): Problem {
  return { kind: 'project', place: { file, ...at }, excerpt: excerptOf(text, at.line, at.column), ...rest }
}
