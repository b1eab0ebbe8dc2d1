import { readFileSync } from 'node:fs'
import { excerptOf } from '../problems/excerpt.ts'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { Query } from './compiled.ts'
import { placeOf } from './position.ts'

/** A fault at a character of a query's text, told at the author's file, line and column with an excerpt of that line. */
export function problemInQuery(
  query: Query,
  offset: number | undefined,
  fallback: { readonly file: string; readonly name: string },
  words: Pick<Problem, 'message' | 'expected' | 'hint' | 'suggestion'>,
): Problem {
  const read = cachedReader()
  const place = offset === undefined ? undefined : placeOf(offset, query.segments, read)
  if (place) return { kind: 'model', place, excerpt: excerptOf(read(place.file), place.line, place.column), ...words }
  const text = read(fallback.file)
  const at = declarationOf(fallback.name, text)
  const line = text.slice(0, at).split('\n').length
  const column = at - text.lastIndexOf('\n', at - 1)
  return {
    kind: 'model',
    place: { file: fallback.file, line, column },
    excerpt: excerptOf(text, line, column),
    ...words,
  }
}

/** Where a name is declared in a model's file (`order_id: key(…)`, `export const orders =`), else where it stands first, else the file's first export. */
function declarationOf(name: string, text: string): number {
  const patterns = [`(?<![\\w$.])${name}(?=\\s*[:=])`, `\\b${name}\\b`, '(?<=^export const )']
  return patterns.map(pattern => text.search(new RegExp(pattern, 'm'))).find(offset => offset >= 0) ?? 0
}

/** The nearest spelling among the columns that a query may read and the words that it uses itself. */
export function suggestName(unknown: string, query: Query, columns: Iterable<string>): string | undefined {
  const near = nearest(unknown, columns)
  if (near !== undefined) return near
  const words = new Set(query.text.match(/[a-z_][a-z0-9_]*/gi) ?? [])
  words.delete(unknown)
  return nearest(unknown, words)
}

function cachedReader(): (file: string) => string {
  const texts = new Map<string, string>()
  return file => {
    const known = texts.get(file) ?? readFileSync(file, 'utf8')
    texts.set(file, known)
    return known
  }
}
