import type { Columns } from './column.ts'
import { mustBeColumns, mustSay } from './must-be.ts'

/** A contract that several models keep, so that one model reads them all by `unionOf`, whichever of them are enabled. */
export interface Shape<C extends Columns = Columns> {
  readonly kind: 'shape'
  readonly description: string
  readonly columns: C
}

export function shape<C extends Columns>(spec: { readonly description: string; readonly columns: C }): Shape<C> {
  mustSay(spec, { what: 'shape', required: ['description', 'columns'], optional: [] })
  mustBeColumns(spec.columns, 'columns')
  return { kind: 'shape', ...spec }
}
