import type { Columns, RowOf } from './column.ts'
import type { Definition } from './definition.ts'
import type { Model } from './model.ts'
import { mustSay } from './must-be.ts'
import type { Source, SourceTable } from './source.ts'
import type { Sql } from './sql.ts'

/** Typed rows of a relation that a unit test's model reads. Columns left out are NULL. */
export interface GivenRows {
  readonly relation: Model | SourceTable
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** A model run on rows written down here, in memory, without any warehouse. Relations that are not given are empty. */
export interface UnitTest {
  readonly kind: 'unit-test'
  readonly description: string
  readonly model: Model
  readonly given: readonly GivenRows[]
  readonly definitions: readonly { readonly of: Definition | Source; readonly value: unknown }[]
  readonly expect: readonly Readonly<Record<string, unknown>>[]
}

/** The rows of a model that a unit test's model reads: `given(person_events, [{ person_id: 'p', … }])`. */
export function given<C extends Columns>(relation: Model<C>, data: readonly RowOf<C>[]): GivenRows {
  return { relation, rows: data as readonly Readonly<Record<string, unknown>>[] }
}

/** The raw rows of a source table; the columns are those that the source's settings in this test name. */
export function givenRaw(relation: SourceTable, data: readonly Readonly<Record<string, unknown>>[]): GivenRows {
  return { relation, rows: data }
}

/** A section of the config, as a user would write it, for one unit test: it is parsed by the section's schema. */
export function defined(of: Definition | Source, value: unknown): UnitTest['definitions'][number] {
  return { of, value }
}

/** A unit test of a model. Rows are compared without regard to order, on the columns that any expected row names; a column left out of an expected row is NULL. */
export function unitTest<C extends Columns>(spec: {
  readonly description: string
  readonly model: Model<C>
  readonly given: readonly GivenRows[]
  readonly definitions?: UnitTest['definitions']
  readonly expect: readonly RowOf<NoInfer<C>>[]
}): UnitTest {
  mustSay(spec, { what: 'unitTest', required: ['description', 'model', 'given', 'expect'], optional: ['definitions'] })
  return {
    kind: 'unit-test',
    description: spec.description,
    model: spec.model,
    given: spec.given,
    definitions: spec.definitions ?? [],
    expect: spec.expect as readonly Readonly<Record<string, unknown>>[],
  }
}

/** A test over several published tables: a query that must give no rows. It runs when all tables it reads are published. */
export interface DataTest {
  readonly kind: 'data-test'
  readonly description: string
  readonly severity: 'error' | 'warn'
  readonly rows: () => Sql
}

export function dataTest(spec: {
  readonly description: string
  readonly severity?: 'error' | 'warn'
  readonly rows: () => Sql
}): DataTest {
  mustSay(spec, { what: 'dataTest', required: ['description', 'rows'], optional: ['severity'] })
  return { kind: 'data-test', description: spec.description, severity: spec.severity ?? 'error', rows: spec.rows }
}
