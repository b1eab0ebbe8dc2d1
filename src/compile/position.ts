import jsTokens from 'js-tokens'
import { fileOfTemplate } from '../authoring/sql.ts'
import type { Place } from '../problems/problem.ts'
import type { Segment } from './writer.ts'

/**
 * The author's file, line and column of a character of a rendered text; undefined for text that no template wrote. Of the character
 * itself, or else of the nearest one before it: an error at the end of the text stands at its last word. `read` gives a file's text.
 */
export function placeOf(
  offset: number,
  segments: readonly Segment[],
  read: (file: string) => string,
): Place | undefined {
  const segment = segmentAt(offset, segments)
  if (!segment) return undefined
  const file = fileOfTemplate(segment.strings)
  if (file === undefined) return undefined
  const within = Math.min(offset, segment.end - 1) - segment.start + segment.offset
  const text = read(file).replaceAll('\r\n', '\n')
  const start = chunkStart(text, segment.strings, segment.chunk)
  if (start === undefined) return { file, line: 1, column: 1 }
  const before = text.slice(0, start + within)
  const lineStart = before.lastIndexOf('\n') + 1
  return { file, line: before.split('\n').length, column: before.length - lineStart + 1 }
}

function segmentAt(offset: number, segments: readonly Segment[]): Segment | undefined {
  let nearest: Segment | undefined
  for (const segment of segments) {
    if (segment.start > offset) break
    nearest = segment
  }
  return nearest ?? segments[0]
}

/** Where a chunk of a template starts in its file: the first template with the same chunks. */
function chunkStart(text: string, strings: TemplateStringsArray, chunk: number): number | undefined {
  for (const template of templatesIn(text)) {
    if (template.length !== strings.raw.length) continue
    if (template.every((found, index) => found.text === strings.raw[index])) return template[chunk]?.start
  }
  return undefined
}

interface FoundChunk {
  readonly text: string
  readonly start: number
}

function templatesIn(text: string): FoundChunk[][] {
  const done: FoundChunk[][] = []
  const open: FoundChunk[][] = []
  let offset = 0
  for (const token of jsTokens(text)) {
    const { value } = token
    if (token.type === 'NoSubstitutionTemplate') done.push([{ text: value.slice(1, -1), start: offset + 1 }])
    if (token.type === 'TemplateHead') open.push([{ text: value.slice(1, -2), start: offset + 1 }])
    if (token.type === 'TemplateMiddle') open.at(-1)?.push({ text: value.slice(1, -2), start: offset + 1 })
    if (token.type === 'TemplateTail') {
      const template = open.pop()
      template?.push({ text: value.slice(1, -1), start: offset + 1 })
      if (template) done.push(template)
    }
    offset += value.length
  }
  return done.sort((a, b) => a[0]!.start - b[0]!.start)
}
