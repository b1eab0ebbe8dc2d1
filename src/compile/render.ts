import type { Columns } from '../authoring/column.ts'
import type { Engine, MacroCall } from '../authoring/macro.ts'
import type { Relation, Rows } from '../authoring/relation.ts'
import type { Sql, SqlPart } from '../authoring/sql.ts'
import { type Dialect, literal } from './dialect/dialect.ts'
import { typedLiteral } from './dialect/typed-literal.ts'
import { renderingOf } from './rendering-of.ts'
import { chunksOf } from './template.ts'
import { type Segment, Writer } from './writer.ts'

/** How relations and macros are written; the same template renders as a statement, as the author's own text, or within a test. */
export interface RenderContext {
  readonly dialect: Dialect
  /** The text that stands for a relation that is read. */
  relation(relation: Exclude<Relation, Rows>): string
  /** In the author's text a macro is a call by this name and shows nothing of its insides; undefined where macros are written out. */
  readonly macroName?: (call: MacroCall) => string
  /** The one engine whose SQL it is: of macros it needs no other's text. */
  readonly alone?: Engine | undefined
}

export interface Rendered {
  readonly text: string
  /** Which characters of `text` come from which template, in order. */
  readonly segments: readonly Segment[]
}

/** SQL text of one dialect from a template. Pure: equal templates and contexts give equal text. */
export function render(sql: SqlPart, context: RenderContext): Rendered {
  const writer = new Writer()
  write(sql, context, writer)
  return writer.finish()
}

function write(part: SqlPart, context: RenderContext, writer: Writer): void {
  if (part === null || typeof part !== 'object') return writer.put(literal(context.dialect, part))
  if (!('kind' in part))
    throw new Error('a list, a date or another object stands in ${}: write values(…), day(…), instant(…) or its parts')
  switch (part.kind) {
    case 'sql':
      return writeTemplate(part, context, writer)
    case 'macro-call':
      return writeMacro(part, context, writer)
    case 'join':
      return part.parts.forEach((item, index) => {
        if (index > 0) writer.putLines(part.separator)
        write(item, context, writer)
      })
    case 'nothing':
      return writer.putNothing()
    case 'identifier':
      return writer.put(part.names.map(name => context.dialect.identifier(name)).join('.'))
    case 'type':
      return writer.put(context.dialect.type(part.type))
    case 'typed-literal':
      return writer.put(typedLiteral(context.dialect, part.type, part.value))
    case 'rows':
      return writer.nested(() => writer.putLines(rowsText(part, context.dialect)))
    default:
      return writer.nested(() => writer.putLines(context.relation(part)))
  }
}

function writeTemplate(sql: Sql, context: RenderContext, writer: Writer): void {
  writer.nested(() => {
    chunksOf(sql.strings).forEach((lines, chunk) => {
      lines.forEach((pieces, number) => {
        if (number > 0) writer.newline()
        for (const piece of pieces) writer.put(piece.text, { strings: sql.strings, chunk, offset: piece.offset })
      })
      if (chunk < sql.parts.length) write(sql.parts[chunk]!, context, writer)
    })
  })
}

function writeMacro(call: MacroCall, context: RenderContext, writer: Writer): void {
  if (context.macroName) {
    writer.put(`${context.macroName(call)}(`)
    call.parts.forEach((part, index) => {
      if (index > 0) writer.put(', ')
      write(part, context, writer)
    })
    return writer.put(')')
  }
  write(renderingOf(call, context.dialect.engine, context.alone), context, writer)
}

/** `(select cast(…) as a, … union all select …)`; the first row names and types the columns. */
function rowsText({ columns, rows }: Rows, dialect: Dialect): string {
  const names = Object.keys(columns)
  const select = (row: Readonly<Record<string, unknown>>) =>
    `select ${names.map(name => `${castValue(columns, name, row[name], dialect)} as ${name}`).join(', ')}`
  if (rows.length === 0) return `(${select({})} from (select 1 as one) as no_rows where false)`
  return `(\n  ${rows.map(select).join('\n  union all ')}\n)`
}

function castValue(columns: Columns, name: string, value: unknown, dialect: Dialect): string {
  const type = columns[name]!.type
  if (value === undefined || value === null) return `cast(null as ${dialect.type(type)})`
  if (type.kind === 'text' || type.kind === 'boolean' || type.kind === 'integer' || type.kind === 'real') {
    return `cast(${literal(dialect, value as string)} as ${dialect.type(type)})`
  }
  if (type.kind === 'number' || type.kind === 'date' || type.kind === 'timestamp')
    return typedLiteral(dialect, type.kind, String(value))
  if (type.kind === 'json' && dialect.engine !== 'duckdb') return `parse_json(${literal(dialect, String(value))})`
  if (type.kind === 'json') return `cast(${literal(dialect, String(value))} as json)`
  throw new Error(`rows: a ${type.kind} column cannot be written as a literal`)
}
