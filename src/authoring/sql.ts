import { callingFile } from './call-site.ts'
import type { ColumnType, ScalarType } from './column-type.ts'
import type { MacroCall } from './macro.ts'
import type { Relation } from './relation.ts'

/** A piece of SQL: the template as typed, and what stands in its `${}`. Nothing is rendered before the dialect is known. */
export interface Sql {
  readonly kind: 'sql'
  readonly strings: TemplateStringsArray
  readonly parts: readonly SqlPart[]
}

/** A plain value: always a quoted literal of the target's dialect, never SQL. */
export type SqlValue = string | number | bigint | boolean | null

/** What may stand in `${}` of a `sql` template. */
export type SqlPart = SqlValue | Sql | SqlFragment | MacroCall | Relation

export type SqlFragment =
  | { readonly kind: 'identifier'; readonly names: readonly string[] }
  | { readonly kind: 'typed-literal'; readonly type: 'number' | 'date' | 'timestamp'; readonly value: string }
  | { readonly kind: 'type'; readonly type: ColumnType }
  | { readonly kind: 'join'; readonly parts: readonly SqlPart[]; readonly separator: string }
  | { readonly kind: 'nothing' }

const files = new WeakMap<TemplateStringsArray, string>()

/**
 * A SQL template. `${}` takes values (always literals), other `sql`, macros, relations, `identifier`, `decimal`, `day`, `instant`,
 * `values`, `join`, `when`, `type`. There is no way to turn a string into SQL: SQL text comes only from a template.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql {
  if (!files.has(strings)) {
    const file = callingFile()
    if (file !== undefined) files.set(strings, file)
  }
  return { kind: 'sql', strings, parts }
}

/** The file a template was written in, where it is known. */
export function fileOfTemplate(strings: TemplateStringsArray): string | undefined {
  return files.get(strings)
}

/** Nothing: a line whose only content it was disappears. */
export const nothing: SqlFragment = { kind: 'nothing' }

/** `fragment` where the condition holds, else nothing. */
export function when(condition: boolean, fragment: SqlPart): SqlPart {
  return condition ? fragment : nothing
}

/** Fragments one after the other with a separator between, `', '` say, or `'\nand '`. An empty list is nothing. */
export function join(parts: readonly SqlPart[], separator: string): SqlFragment {
  return parts.length === 0 ? nothing : { kind: 'join', parts, separator }
}

/** `[1, 2]` as `1, 2`, for `in (…)`. Throws on an empty list: `not in (null)` would silently drop every row. */
export function values(items: readonly SqlValue[]): SqlFragment {
  if (items.length === 0)
    throw new Error('values([]) has nothing to list; write when(items.length > 0, …) around the condition')
  return join(items, ', ')
}

/** A name (or a path of names), quoted as the dialect does: for columns whose names come from a definition. */
export function identifier(...names: readonly string[]): SqlFragment {
  return { kind: 'identifier', names }
}

/** An exact decimal, `decimal('12.50')`: decimal(38, 9) on every engine. */
export function decimal(value: string): SqlFragment {
  if (!/^-?\d{1,29}(\.\d{1,9})?$/.test(value))
    throw new Error(`decimal('${value}'): write digits with up to nine decimals, like '12.50'`)
  return { kind: 'typed-literal', type: 'number', value }
}

/** A date, `day('2026-06-01')`. */
export function day(value: string): SqlFragment {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new Error(`day('${value}'): write it as '2026-06-01'`)
  return { kind: 'typed-literal', type: 'date', value }
}

/** An instant in UTC, `instant('2026-06-01 12:30:00')`, with up to six digits of a second. */
export function instant(value: string): SqlFragment {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d{1,6})?Z?$/.exec(value)
  if (!match || Number.isNaN(Date.parse(`${match[1]}T${match[2]}Z`))) {
    throw new Error(`instant('${value}'): write UTC as '2026-06-01 12:30:00' with up to six digits of a second`)
  }
  return { kind: 'typed-literal', type: 'timestamp', value: `${match[1]} ${match[2]}${match[3] ?? ''}` }
}

const scalar = (kind: ScalarType): SqlFragment => ({ kind: 'type', type: { kind } })

/** The types' names on each engine, for casts: ``cast(x as ${type.integer})``. */
export const type = {
  text: scalar('text'),
  integer: scalar('integer'),
  number: scalar('number'),
  real: scalar('real'),
  boolean: scalar('boolean'),
  timestamp: scalar('timestamp'),
  date: scalar('date'),
  json: scalar('json'),
  of: (columnType: ColumnType): SqlFragment => ({ kind: 'type', type: columnType }),
}
