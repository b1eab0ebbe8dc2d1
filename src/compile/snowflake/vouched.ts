import { Lines } from '../portable/lines.ts'
import { parseSql } from '../portable/parse.ts'
import { bodyOf, startOf } from '../portable/tree.ts'
import { columnsOfQuery, type Report } from './query-types.ts'
import type { TypedColumns } from './scope.ts'

/** What in a text for Snowflake is not as the lists of functions and casts have it: it may be right, and nobody here can say so. */
export interface NotVouched {
  /** In the text, in UTF-16 units. */
  readonly offset: number
  readonly message: string
}

/** A column that there is not. */
export interface UnknownColumn {
  /** In the text, in UTF-16 units. */
  readonly offset: number
  readonly name: string
  /** The alias of the relation that it is not in. */
  readonly relation: string
  /** Those that are in it. */
  readonly known: readonly string[]
}

export interface VouchedQuery {
  readonly notVouched: readonly NotVouched[]
  readonly unknownColumns: readonly UnknownColumn[]
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
  const unknownColumns: UnknownColumn[] = []
  if (parsed.kind === 'syntax-error') return { notVouched, unknownColumns, called, columns: undefined }
  const lines = new Lines(text)
  const offsetOf = (part: unknown): number => {
    const start = startOf(part)
    return start === undefined ? 0 : lines.offsetOf(start)
  }
  const report: Report = {
    fault: (part, message) => notVouched.push({ offset: offsetOf(part), message }),
    called: name => called.add(name),
    unknownColumn: (part, column) => unknownColumns.push({ ...column, offset: offsetOf(part) }),
  }
  const columns = columnsOfQuery(bodyOf(parsed.statements[0], 'Query'), report, tableColumns)
  return { notVouched, unknownColumns, called, columns }
}
