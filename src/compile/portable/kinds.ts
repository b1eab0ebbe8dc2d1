// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import type { Kind, Walk } from './walk.ts'

/** The one type that both have, as far as it is plain; refuses two that differ, at `part`. */
export function mixed(walk: Walk, a: Kind, b: Kind, part: unknown, place: string): Kind {
  if (a === undefined || b === undefined || a === b) return a ?? b
  walk.findings.at(
    [part],
    [
      `${a} and ${b} mixed in \`${place}\`: DuckDB converts, BigQuery refuses`,
      'cast one side to the type of the other: cast(x as ${type.text})',
    ],
  )
  return a
}
