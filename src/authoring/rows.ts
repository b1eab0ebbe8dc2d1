import type { Columns, RowOf } from './column.ts'
import type { Rows } from './relation.ts'

/**
 * Rows written down in the project or made from a definition, as a relation: ``from ${rows({ step: text('…') }, [{ step: 'viewed' }])} as s``.
 * Columns left out of a row are NULL. No rows at all is a relation of these columns without rows.
 */
export function rows<C extends Columns>(columns: C, data: readonly RowOf<NoInfer<C>>[]): Rows {
  return { kind: 'rows', columns, rows: data as readonly Readonly<Record<string, unknown>>[] }
}
