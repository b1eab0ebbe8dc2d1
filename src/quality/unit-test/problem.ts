import { readFileSync } from 'node:fs'
import type { UnitTest } from '../../authoring/tests.ts'
import type { Problem } from '../../problems/problem.ts'
import { layerOf } from '../../project/layers.ts'
import type { Named } from '../../project/project.ts'
import { lineAndColumn, problemAt } from '../../project/text-file.ts'

/** A problem at a word of a unit test's file: where it is a key of the rows, there; where it has no such word, at the test's name. */
export function problemOf(
  { name, file }: Named<UnitTest>,
  word: string,
  words: Pick<Problem, 'message' | 'expected' | 'suggestion' | 'hint'>,
): Problem {
  const text = readFileSync(file, 'utf8')
  const found = [keyOf(text, word), offsetOf(text, word), offsetOf(text, name)].find(offset => offset >= 0) ?? 0
  return problemAt(file, text, lineAndColumn(text, found), { ...words, message: `unit test ${name}: ${words.message}` })
}

/** Where the rows, given or expected, have the key. */
function keyOf(text: string, word: string): number {
  const start = text.search(/^ +(given|expect):/m)
  const at = start < 0 ? -1 : text.slice(start).search(new RegExp(`(?<![\\w$])${escaped(word)}(?=\\s*:)`))
  return at < 0 ? -1 : start + at
}

/** Past the imports, which name much of what the test uses. */
function offsetOf(text: string, word: string): number {
  const start = Math.max(0, text.search(/^export const /m))
  const at = text.slice(start).search(new RegExp(`(?<![\\w$])${escaped(word)}(?![\\w$])`))
  return at < 0 ? -1 : start + at
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The path of a file within the project, for the inside of a message. */
export function pathWithin(file: string, layers: readonly string[]): string {
  const layer = layers[layerOf(file, layers)]
  return layer === undefined ? file : file.slice(layer.length + 1)
}
