import type { Span } from './hidden-text.ts'
import { isSecretName } from './secret-keys.ts'

/** `${NAME}`, which is no secret; not the escaped `$${NAME}`. */
export const reference = /(?<!\$)\$\{[A-Za-z_][A-Za-z0-9_]*\}/g

/** Where after a secret's name and a `:` or `=`, which at the beginning can be forgotten, its value begins in a text, by its offset there; undefined where there is none. */
export function valueAfterName(text: string): number | undefined {
  const [forgotten, first = ''] = /^\s*["']?([A-Za-z_][\w-]*)[^\w:=-]+(?=[^\s:=])/.exec(text) ?? []
  if (forgotten !== undefined && isSecretName(first)) return forgotten.length
  for (const { 0: named, 1: name = '', index } of text.matchAll(/([A-Za-z_][\w-]*)["']?\s*[:=]/g)) {
    if (isSecretName(name)) return index + named.length
  }
  return undefined
}

/** The words of a text that may be secrets, without quotes and braces. */
export function wordsOf(text: string): readonly string[] {
  return text.replaceAll(reference, ' ').split(/[\s"',{}[\]]+/)
}

/**
 * What is hidden of a text that is no YAML: after the name of a secret the rest of its line, and the lines below it up to the next key that stands
 * no deeper; and all keys in PEM. References to variables stay.
 */
export function hiddenInMalformed(text: string): readonly Span[] {
  const spans: Span[] = [...text.matchAll(pem)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }))
  let offset = 0
  let held: number | undefined
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length
    if (held !== undefined && indent <= held && entry.test(line)) held = undefined
    const start = held === undefined ? valueAfterName(line) : 0
    if (start !== undefined) {
      held ??= indent
      spans.push(...withoutReferences(text, offset + start, offset + line.length))
    }
    offset += line.length + 1
  }
  return spans
}

const pem = /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(-----END [A-Z0-9 ]+-----|$)/g
const entry = /^\s*(- +)?["']?[A-Za-z_][\w.-]*["']?\s*:(\s|$)/

/** Nor what only opens, closes or divides values. */
function withoutReferences(text: string, start: number, end: number): readonly Span[] {
  const spans: Span[] = []
  let position = start
  for (const { 0: named, index } of text.slice(start, end).matchAll(reference)) {
    spans.push({ start: position, end: start + index })
    position = start + index + named.length
  }
  spans.push({ start: position, end })
  return spans.filter(span => !/^[\s"',{}[\]|>+-]*$/.test(text.slice(span.start, span.end)))
}
