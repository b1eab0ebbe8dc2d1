import type { Columns } from '../../authoring/column.ts'
import type { SqlPart } from '../../authoring/sql.ts'
import type { Dialect } from '../../compile/dialect/dialect.ts'
import { contractQuery } from '../../compile/query-text.ts'
import { type Rendered, render } from '../../compile/render.ts'
import type { Row } from '../../warehouse/warehouse.ts'

/** A construct of the portable core, in a query that any engine runs, and the rows that it gives, worked by hand. */
export interface Construct {
  /** Its row of the list of what is in the core, as docs/portable-sql.md has it. */
  readonly row: string
  readonly says: string
  readonly query: SqlPart
  readonly columns: Columns
  /** In any order. */
  readonly gives: readonly Row[]
}

/** The author's query as a dialect has it: reads nothing but rows that it brings along. */
export function authoredQuery({ query }: Construct, dialect: Dialect, macroName?: () => string): Rendered {
  return render(query, {
    dialect,
    ...(macroName === undefined ? {} : { macroName }),
    relation: () => {
      throw new Error('a query of the portable core reads a table')
    },
  })
}

/** The same within casts to its columns, as a model's query is run. */
export function constructQuery(construct: Construct, dialect: Dialect): string {
  return contractQuery(authoredQuery(construct, dialect), construct.columns, [], dialect).text
}
