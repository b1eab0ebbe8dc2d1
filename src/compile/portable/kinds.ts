// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import type { Kind, Walk } from './walk.ts'

/** The one type that both have, as far as it is plain; refuses two that differ, at `part`. */
export function mixed(walk: Walk, a: Kind, b: Kind, part: unknown, place: string): Kind {
  if (a === undefined || b === undefined || a === b) return a ?? b
  if (isNumeric(a) && isNumeric(b)) return widest(a, b)
  walk.findings.at(
    [part],
    [
      `${spoken(a)} and ${spoken(b)} mixed in \`${place}\`: DuckDB converts, BigQuery refuses`,
      'cast one side to the type of the other: cast(x as ${type.text})',
    ],
  )
  return a
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
