import { checkExistsQuery, checkQuery } from './check-query.ts'
import { Findings, type PortableFinding } from './findings.ts'
import { parseInAnyDialect } from './parse.ts'
import { checkRowOrder } from './row-order.ts'
import { bodyOf, type Node, node } from './tree.ts'
import type { Kind, OutputColumns, Walk } from './walk.ts'

export type { PortableFinding } from './findings.ts'

export interface PortableOptions {
  /** Whether a column of this name may be NULL in what the query reads; undefined where nothing that is known has such a column. */
  readonly isNullable: (column: string) => boolean | undefined
  /** Whether a table of this path (`journeys.sessions`) is one that the text was given to read, rather than one that it names itself. */
  readonly isGiven: (table: string) => boolean
  /** The columns of such a table with their types; undefined where nothing is known of it. */
  readonly typesOf?: (table: string) => OutputColumns
  /** What a macro gives, by the name that it has in the text; undefined where that goes by what it is given. */
  readonly typeOfMacro?: (name: string) => Kind
  /** `in order`: the rows are read one after the other, and the query may order them; they are else those of a table, which have no order. */
  readonly rows?: 'in order' | undefined
}

/**
 * What in an author's text does not mean the same on DuckDB, BigQuery and Snowflake, in the order of the text. Macros stand in the text as
 * calls `tl_macro_…(…)`, relations as plain names, types as the portable dialect writes them. Whatever is not known to be equal is refused.
 */
export function checkPortable(
  text: string,
  { isNullable, isGiven, typesOf = () => undefined, typeOfMacro = () => undefined, rows }: PortableOptions,
): readonly PortableFinding[] {
  const findings = new Findings(text)
  const walk: Walk = {
    findings,
    isNullable,
    isGiven,
    typesOf,
    typeOfMacro,
    existsQuery: (query, site) => checkExistsQuery(walk, query, site),
  }
  const { statements, error } = parseInAnyDialect(text)
  for (const statement of statements) {
    const query = bodyOf(statement, 'Query')
    if (query === undefined)
      findings.at([statement], ['a model is one query: this statement is none', 'write select … from …'])
    else checkWhole(walk, node(query), rows)
  }
  if (statements.length > 1)
    findings.at([statements[1]], ['a model is one query, and here a second begins', 'write one query, with CTEs'])
  const end = semicolonAtEnd(text)
  if (end !== undefined)
    findings.atOffset(end, ['a semicolon ends the query, which stands within another statement', 'leave it out'])
  const found = findings.inOrder()
  if (!error || found.length > 0) return found
  return [
    {
      line: error.line,
      column: error.column,
      message: `this is not SQL: ${error.message}`,
      hint: 'write it as DuckDB, BigQuery and Snowflake all read it',
    },
  ]
}

function checkWhole(walk: Walk, query: Node, rows: PortableOptions['rows']): void {
  if (rows !== 'in order' || !query.order_by) return void checkQuery(walk, query, new Map())
  checkRowOrder(walk, query)
  checkQuery(walk, { ...query, order_by: null }, new Map())
}

/** The parser passes over a semicolon at the end. One in a comment there is none. */
function semicolonAtEnd(text: string): number | undefined {
  const trimmed = text.trimEnd()
  const lastLine = trimmed.slice(trimmed.lastIndexOf('\n') + 1)
  return trimmed.endsWith(';') && !lastLine.includes('--') ? trimmed.length - 1 : undefined
}
