import type { Position } from './lines.ts'

/** The parser's tree has no types that hold, so it is read as unknown, through these. */
export type Node = Readonly<Record<string, unknown>>

/** The fields of a node; none where it is not one. */
export function node(value: unknown): Node {
  return isNode(value) ? value : {}
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** An alternative of the tree: `{ "InList": {…} }` is InList with its body, and `"CurrentRow"` is CurrentRow with none. */
export interface Variant {
  readonly name: string
  readonly body: unknown
}

export function variant(value: unknown): Variant {
  if (typeof value === 'string') return { name: value, body: undefined }
  if (!isNode(value)) return { name: '', body: undefined }
  for (const name in value) return { name, body: value[name] }
  return { name: '', body: undefined }
}

/** The body of the one alternative that is looked for; undefined for every other. */
export function bodyOf(value: unknown, name: string): unknown {
  return isNode(value) ? value[name] : undefined
}

/** The first field besides these that holds anything: a clause nobody here knows, so nobody can say that it is portable. */
export function otherField(value: Node, known: ReadonlySet<string>): string | undefined {
  for (const field in value) if (!known.has(field) && !isEmpty(value[field])) return field
  return undefined
}

export interface Ident {
  readonly value: string
  /** The quote around it, or undefined. */
  readonly quote: string | undefined
}

export function ident(value: unknown): Ident {
  const { value: name, quote_style: quote } = node(value)
  return { value: text(name), quote: typeof quote === 'string' ? quote : undefined }
}

/** The parts of a table's or function's name. */
export function nameParts(name: unknown): readonly unknown[] {
  return list(name).map(part => bodyOf(part, 'Identifier'))
}

/** Parentheses taken off. */
export function bare(expression: unknown): unknown {
  const inner = bodyOf(expression, 'Nested')
  return inner === undefined ? expression : bare(inner)
}

/** The column that an expression is and nothing more: `channel` and `t.channel` are `channel`. */
export function plainColumn(expression: unknown): string | undefined {
  const { name, body } = variant(expression)
  if (name === 'Identifier') return ident(body).value
  return name === 'CompoundIdentifier' ? ident(list(body).at(-1)).value : undefined
}

/** An argument of a call. The parser takes `f(a = 1)` for an argument named a, which is a comparison on all three engines. */
export function argumentOf(argument: unknown): Variant {
  const { name, body } = variant(argument)
  const { name: column, arg, operator } = node(body)
  if (name === 'Unnamed') return variant(body)
  const right = bodyOf(arg, 'Expr')
  if (name !== 'Named' || operator !== 'Equals' || right === undefined) return { name, body }
  return { name: 'Expr', body: { BinaryOp: { left: { Identifier: column }, op: 'Eq', right } } }
}

/** Calls `see` with every column that an expression names, its own subqueries' included: the table's alias if written, and the name. */
export function columnsIn(expression: unknown, see: (table: string | undefined, column: string) => void): void {
  if (Array.isArray(expression)) {
    for (const item of expression) columnsIn(item, see)
  } else if (isNode(expression)) {
    for (const key in expression) {
      const value = expression[key]
      if (key === 'Identifier') see(undefined, ident(value).value)
      else if (key === 'CompoundIdentifier') see(ident(list(value).at(-2)).value, ident(list(value).at(-1)).value)
      else if (key === 'Named') columnsIn(argumentOf(expression).body, see)
      // A function's name is made of identifiers and is no column.
      else if (key === 'Function') columnsIn({ ...node(value), name: undefined }, see)
      else columnsIn(value, see)
    }
  }
}

/** Where a part of the tree begins: its earliest span. Undefined where it has none. */
export function startOf(value: unknown): Position | undefined {
  let first: Position | undefined
  visitSpans(value, ({ start }) => {
    if (!first || isBefore(start, first)) first = start
  })
  return first
}

/** Where the last name, literal or word of a part of the tree that has a span ends. */
export function endOf(value: unknown): Position | undefined {
  let last: Position | undefined
  visitSpans(value, ({ end }) => {
    if (!last || isBefore(last, end)) last = end
  })
  return last
}

interface Span {
  readonly start: Position
  readonly end: Position
}

function visitSpans(value: unknown, see: (span: Span) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visitSpans(item, see)
  } else if (isNode(value)) {
    for (const key in value) {
      const field = value[key]
      if (key !== 'span') visitSpans(field, see)
      // A name in single quotes has the span 0:0.
      else if (isSpan(field) && field.start.line > 0) see(field)
    }
  }
}

function isSpan(value: unknown): value is Span {
  const { line, column } = node(node(value).start)
  return typeof line === 'number' && typeof column === 'number'
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === 'None' ||
    (Array.isArray(value) && value.length === 0)
  )
}
