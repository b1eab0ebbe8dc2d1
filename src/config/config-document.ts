import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Place, Problem } from '../problems/problem.ts'
import { hiddenParts } from './hidden-parts.ts'
import { excerptWithout, type Span } from './hidden-text.ts'
import { hiddenInMalformed, wordsOf } from './hidden-words.ts'
import { keyText } from './key-text.ts'
import { secretsOf } from './secrets.ts'

/** Where a value stands in the config: `['funnels', 'checkout', 'steps', 0]`. */
export type ConfigPath = readonly PropertyKey[]

/** What a problem says besides its place. */
export type Told = Pick<Problem, 'message' | 'expected' | 'suggestion' | 'hint'>

/** The YAML text as nodes that know their places. */
export interface ConfigDocument {
  readonly text: string
  readonly root: Node | null
  /** The secrets that are written out in it; no excerpt shows them. */
  readonly secrets: readonly string[]
  /** The node itself, or the one that an alias names; undefined where it names none. */
  resolve(node: Node): Node | undefined
  /** Of the value at `path`; where there is none, of the key of the nearest parent that exists. */
  placeOf(path: ConfigPath): Place
  /** Of the key that `path` ends in, if it exists; else like `placeOf`. */
  placeOfKey(path: ConfigPath): Place
  placeAt(offset: number): Place
  problem(place: Place, told: Told): Problem
}

/**
 * Reads YAML, a map of sections; `definitions` are those that the engine does not read itself. What is malformed comes back as problems, each at its
 * line and column; duplicate keys are left to the reader of values.
 */
export function parseConfigDocument(
  file: string,
  written: string,
  definitions: readonly string[],
): { readonly document: ConfigDocument; readonly problems: readonly Problem[] } {
  const text = written.replace(/^\uFEFF/, '')
  const lines = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const errors = [...yaml.errors, ...yaml.warnings]
  const inMalformed = errors.length === 0 ? [] : hiddenInMalformed(text)
  const document = configDocument({ file, text, yaml, lines }, definitions, inMalformed)
  const unquoted = yaml.errors.find(({ pos }) => text.slice(pos[0] - 1, pos[0] + 1) === '${')
  if (unquoted !== undefined) return { document, problems: [unquotedReference(document, unquoted.pos[0])] }
  // The parser's words can hold a piece of what it could not read.
  const { mask } = secretsOf(inMalformed.flatMap(({ start, end }) => wordsOf(text.slice(start, end))))
  const problems = errors.map(error =>
    document.problem(document.placeAt(error.pos[0]), {
      message: `not valid YAML: ${
        error.code === 'MULTIPLE_DOCS' ? 'the file holds more than one document (a line of ---)' : mask(error.message)
      }`,
    }),
  )
  return { document, problems: problems.length > 0 ? problems : shapeProblems(document) }
}

/** In YAML a brace within braces begins a map, and everything after it is misread: that is told alone. */
function unquotedReference(document: ConfigDocument, offset: number): Problem {
  return document.problem(document.placeAt(offset - 1), {
    message: 'not valid YAML: ${NAME} within { … } or [ … ] has to stand in quotes',
    hint: 'Write "${NAME}", or each key on a line of its own.',
  })
}

/** An empty file is a config that leaves everything to the defaults; a list or a lone text is a mistake. */
function shapeProblems(document: ConfigDocument): readonly Problem[] {
  const { root } = document
  if (root === null || isMap(root) || (isScalar(root) && root.value === null)) return []
  return [
    document.problem(document.placeOf([]), {
      message: 'the config holds no sections',
      expected: 'a map of sections, like project: acme',
    }),
  ]
}

interface ParsedText {
  readonly file: string
  readonly text: string
  readonly yaml: Document.Parsed
  readonly lines: LineCounter
}

function configDocument(
  { file, text, yaml, lines }: ParsedText,
  definitions: readonly string[],
  inMalformed: readonly Span[],
): ConfigDocument {
  const root: Node | null = yaml.contents

  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    // An empty file has no lines to count.
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }

  const resolve = (node: Node): Node | undefined => (isAlias(node) ? (node as Alias).resolve(yaml) : node)

  const { spans, values } = hiddenParts({ text, root, resolve }, definitions)
  const hidden = [...spans, ...inMalformed]

  const find = (path: ConfigPath): Found => {
    let found: Found = { key: undefined, value: root, isWhole: true }
    for (const step of path) {
      const next = child(found.value === null ? undefined : resolve(found.value), step)
      if (next === undefined) return { ...found, isWhole: false }
      found = next
    }
    return found
  }

  const startOf = (node: Node | null | undefined) => node?.range?.[0]

  return {
    text,
    root,
    secrets: values,
    resolve,
    placeAt,
    placeOf(path) {
      const { key, value, isWhole } = find(path)
      const isWritten = value?.range != null && value.range[0] < value.range[1]
      const inOrder = isWhole && isWritten ? [value, key] : [key, value]
      return placeAt(inOrder.map(startOf).find(start => start !== undefined) ?? 0)
    },
    placeOfKey(path) {
      const { key, isWhole } = find(path)
      const start = isWhole ? startOf(key) : undefined
      return start === undefined ? this.placeOf(path) : placeAt(start)
    },
    problem: (place, told) => ({
      kind: 'config',
      place,
      excerpt: excerptWithout(hidden, text, lines.lineStarts[place.line - 1] ?? 0, place.column),
      ...told,
    }),
  }
}

interface Found {
  readonly key: Node | undefined
  readonly value: Node | null
  readonly isWhole: boolean
}

function child(parent: Node | undefined, step: PropertyKey): Found | undefined {
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => keyText(key) === String(step))
    return pair && { key: pair.key as Node, value: pair.value as Node | null, isWhole: true }
  }
  const item = isSeq(parent) ? parent.items[Number(step)] : undefined
  return item === undefined ? undefined : { key: undefined, value: item as Node, isWhole: true }
}
