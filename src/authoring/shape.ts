import type { Columns } from './column.ts'

/** A contract that several models keep, so that one model reads them all by `unionOf`, whichever of them are enabled. */
export interface Shape<C extends Columns = Columns> {
  readonly kind: 'shape'
  readonly description: string
  readonly columns: C
}

export function shape<C extends Columns>(spec: { readonly description: string; readonly columns: C }): Shape<C> {
  return { kind: 'shape', ...spec }
}
