import { readFileSync } from 'node:fs'
import type { UnitTest } from '../../authoring/tests.ts'
import type { Problem } from '../../problems/problem.ts'
import type { Named } from '../../project/project.ts'
import { lineAndColumn, problemAt } from '../../project/text-file.ts'

/** A problem at a word of a unit test's file, or where it has no such word, at its name. */
export function problemOf(
  { name, file }: Named<UnitTest>,
  word: string,
  words: Pick<Problem, 'message' | 'expected' | 'suggestion' | 'hint'>,
): Problem {
  const text = readFileSync(file, 'utf8')
  const found = [word, name].map(searched => offsetOf(text, searched)).find(offset => offset >= 0) ?? 0
  return problemAt(file, text, lineAndColumn(text, found), { ...words, message: `unit test ${name}: ${words.message}` })
}

/** Past the imports, which name much of what the test uses. */
function offsetOf(text: string, word: string): number {
  const start = Math.max(0, text.search(/^export const /m))
  const at = text
    .slice(start)
    .search(new RegExp(`(?<![\\w$])${word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`))
  return at < 0 ? -1 : start + at
}

/** The path of a file within the project, for the inside of a message. */
export function pathWithin(file: string, layers: readonly string[]): string {
  const layer = layers.find(folder => file.startsWith(`${folder}/`))
  return layer === undefined ? file : file.slice(layer.length + 1)
}
