import type { Columns } from './column.ts'
import type { Model } from './model.ts'
import type { Shape } from './shape.ts'
import type { SourceTable } from './source.ts'

/** What a query may read from. */
export type Relation = Model | SourceTable | SelfRelation | WorkTable | UnionOf | Rows

/** The model's own table, within its tests. */
export interface SelfRelation {
  readonly kind: 'self'
}

/** A working table of a `fixpoint`: its newest version at the moment it is read. */
export interface WorkTable {
  readonly kind: 'work-table'
  readonly name: string
}

/** All enabled models that implement a shape, as one relation of the shape's columns. */
export interface UnionOf {
  readonly kind: 'union-of'
  readonly shape: Shape
}

/** Rows written down in the project, as a relation. */
export interface Rows {
  readonly kind: 'rows'
  readonly columns: Columns
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** `select <the shape's columns> from …` for each enabled model that implements it, in order of name; with none, no rows. */
export function unionOf(shape: Shape): UnionOf {
  return { kind: 'union-of', shape }
}
