// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import type { Kind, Walk } from './walk.ts'

/** The one type that both have, as far as it is plain; refuses two that differ, at `part`. */
export function mixed(walk: Walk, a: Kind, b: Kind, part: unknown, place: string): Kind {
  if (a === undefined || b === undefined || a === b) return a ?? b
  if (isNumeric(a) && isNumeric(b)) return widest(a, b)
  walk.findings.at(
    [part],
    [`${spoken(a)} and ${spoken(b)} mixed in \`${place}\`: DuckDB converts, BigQuery refuses`, hintOf(a, b)],
  )
  return a
}

function hintOf(a: NonNullable<Kind>, b: NonNullable<Kind>): string {
  const pair = new Set([a, b])
  if (pair.has('date') && pair.has('text')) return "write a date as day('2026-06-01')"
  if (pair.has('timestamp') && pair.has('text')) return "write an instant as instant('2026-06-01 12:00:00')"
  if (pair.has('date') && pair.has('timestamp')) return 'use the macros localDate and midnight'
  if (pair.has('boolean')) return 'make of the other a condition, by a comparison'
  return 'cast one side to the type of the other: cast(x as ${type.text})'
}

/** Refuses a condition that is plainly something else than true, false or NULL. */
export function mustBeBoolean(walk: Walk, kind: Kind, part: unknown): void {
  if (kind === undefined || kind === 'boolean') return
  walk.findings.at(
    [part],
    [`a condition that is ${spoken(kind)}: DuckDB converts, BigQuery refuses`, 'compare it: x <> 0, x is not null'],
  )
}

/** Integers, decimals and reals: engines agree on comparing them, and on what comes of two. */
export function isNumeric(kind: Kind): kind is 'integer' | 'number' | 'real' {
  return kind === 'integer' || kind === 'number' || kind === 'real'
}

export function widest(a: 'integer' | 'number' | 'real', b: 'integer' | 'number' | 'real') {
  if (a === 'real' || b === 'real') return 'real'
  return a === 'number' || b === 'number' ? 'number' : 'integer'
}

/** A type in a message. */
export function spoken(kind: NonNullable<Kind>): string {
  return isNumeric(kind) ? 'number' : kind
}
