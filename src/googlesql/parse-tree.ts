import type { ParseNode } from './wire.ts'

/** A range of a text in UTF-8 bytes. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface ParsedStatement {
  /** `ast_query_statement_node` */
  readonly kind: string
  readonly node: ParseNode
}

export const isNode = (value: unknown): value is ParseNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The name of the message that a node of several possible kinds holds, and that message; the innermost one. */
export function concrete(node: ParseNode): ParsedStatement {
  let kind = ''
  let inner = node
  while (typeof inner.node === 'string' && isNode(inner[inner.node])) {
    kind = inner.node
    inner = inner[kind] as ParseNode
  }
  return { kind, node: inner }
}

/** A field of a node or of the messages that it extends. */
export function fieldOf(node: ParseNode, name: string): unknown {
  for (let at: unknown = node; isNode(at); at = at.parent)
    if (at[name] !== undefined && at[name] !== null) return at[name]
  return undefined
}

export function nodeField(node: ParseNode, name: string): ParseNode | undefined {
  const value = fieldOf(node, name)
  return isNode(value) ? value : undefined
}

export function nodesField(node: ParseNode, name: string): readonly ParseNode[] {
  const value = fieldOf(node, name)
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** Where the node stands in the text. */
export function rangeOf(node: ParseNode): ByteRange {
  const range = nodeField(concrete(node).node, 'parse_location_range') ?? nodeField(node, 'parse_location_range')
  if (range === undefined) throw new Error('a node of the parse tree has no place')
  return { start: Number(range.start ?? 0), end: Number(range.end ?? 0) }
}

/** `[`project`, `dataset.table`]` as they are written. */
export function namesOf(path: ParseNode): readonly string[] {
  return nodesField(concrete(path).node, 'names').map(name => String(fieldOf(name, 'id_string') ?? ''))
}

export const sliceBytes = (text: string, { start, end }: ByteRange): string =>
  Buffer.from(text, 'utf8').subarray(start, end).toString('utf8')

/** Each node below this one, a field's name with it; `visit` says whether to go on below. */
export function walk(value: unknown, visit: (node: ParseNode, field: string) => boolean, field = ''): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, field)
  } else if (isNode(value)) {
    if (!visit(value, field)) return
    for (const [name, below] of Object.entries(value)) if (name !== 'parent') walk(below, visit, name)
  }
}
