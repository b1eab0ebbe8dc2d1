import { Lines } from '../portable/lines.ts'
import { parseSql } from '../portable/parse.ts'
import { bodyOf, startOf } from '../portable/tree.ts'
import { columnsOfQuery } from './query-types.ts'
import type { TypedColumns } from './scope.ts'

/** What in a text for Snowflake is not as the lists of functions and casts have it: it may be right, and nobody here can say so. */
export interface NotVouched {
  /** In the text, in UTF-16 units. */
  readonly offset: number
  readonly message: string
}

export interface VouchedQuery {
  readonly notVouched: readonly NotVouched[]
  /** The functions that it calls; `cast` and `try_cast` among them. */
  readonly called: ReadonlySet<string>
  /** Its columns in Snowflake's types, where they are known. */
  readonly columns: TypedColumns
}

/** Reads a query written for Snowflake by the list of functions. One that does not parse is told by the check of the grammar. The parser must be ready. */
export function vouchedQuery(text: string, tableColumns: (path: string) => TypedColumns): VouchedQuery {
  const parsed = parseSql(text, 'snowflake')
  const called = new Set<string>()
  const notVouched: NotVouched[] = []
  if (parsed.kind === 'syntax-error') return { notVouched, called, columns: undefined }
  const lines = new Lines(text)
  const fault = (part: unknown, message: string) => {
    const start = startOf(part)
    notVouched.push({ offset: start === undefined ? 0 : lines.offsetOf(start), message })
  }
  const query = bodyOf(parsed.statements[0], 'Query')
  const columns = columnsOfQuery(query, { fault, called: name => called.add(name) }, tableColumns)
  return { notVouched, called, columns }
}
