import { duckdb } from '../../compile/dialect/duckdb.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { clearingAway } from '../clearing-away.ts'
import { type Session, WarehouseError } from '../warehouse.ts'
import { type BadRows, collectBadRows, dropBadRows } from './bad-rows.ts'
import { countLines } from './json-lines.ts'
import type { DeclaredColumns } from './raw-column.ts'
import { csvRelation, type RawInput } from './raw-input.ts'
import { siftCsv } from './sift-csv.ts'
import { type TypedColumns, typedColumns } from './typed-columns.ts'

export interface Staging {
  /** Whose rows they are, for messages. */
  readonly what: string
  readonly input: RawInput
  readonly declared: DeclaredColumns
  /** The quoted name of the table, dropped afterwards. */
  readonly landing: string
  readonly kind: 'table' | 'temp table'
  readonly rowIds: 'with row ids' | 'without row ids'
}

/**
 * Stages rows in a table and does the work on it. The table holds the rows that can be read, in order: the declared columns as t0, t1 …, typed;
 * `tl_row_id` where wanted; and `tl_bad`, NULL where every value is of its type, else the first that is not. One parallel scan fills it, flat in
 * memory whatever the number of rows; a row's place is its `rowid`. The work is told of the bad rows, unreadable ones included.
 */
export async function withStagedRows<T>(
  session: Session,
  staging: Staging,
  work: (bad: BadRows) => Promise<T>,
): Promise<T> {
  const { input, landing, declared } = staging
  const sifted = input.csv && (await siftCsv(input.csv))
  try {
    const relation = input.csv && sifted ? csvRelation({ ...input.csv, files: sifted.files }) : input.relation
    const columns = typedColumns(input, declared, rawLine(input))
    const statement = `create or replace ${staging.kind} ${landing} as ${stagingQuery(staging, columns, relation)}`
    if (input.jsonLines) await fillFromLines(session, staging, input.jsonLines, statement)
    else await session.execute(statement)
    if (sifted) await mustHaveRead(session, staging, sifted.rowCount, csvHint)
    return await work(await collectBadRows(session, columns.faults, landing, sifted?.faults))
  } finally {
    await clearingAway(session).execute(`drop table if exists ${landing}`)
    await dropBadRows(session)
    await sifted?.discard()
  }
}

/** While DuckDB reads the lines they are counted here too, because it takes a packed file that is cut short for a whole one. */
async function fillFromLines(
  session: Session,
  staging: Staging,
  files: readonly string[],
  statement: string,
): Promise<void> {
  const [filled, counted] = await Promise.allSettled([session.execute(statement), countLines(files)])
  if (counted.status === 'rejected') throw counted.reason
  if (filled.status === 'fulfilled') return mustHaveRead(session, staging, counted.value, 'write the file again')
  const cause: unknown = filled.reason
  // What is wrong with a single line is a bad row; what stops the reading is told by DuckDB alone.
  if (!(cause instanceof WarehouseError) || !['data', 'connection'].includes(cause.errorKind)) throw cause
  const message = `${staging.what}: ${files.join(', ')} cannot be read: ${cause.message}`
  throw new ProblemsError([{ kind: 'data', message }], { cause })
}

const csvHint = 'write the file again with every field between double quotes'

/** DuckDB can pass over rows of a file without a word; such a table must not be published. */
async function mustHaveRead(
  session: Session,
  { what, input, landing }: Staging,
  rowCount: number,
  hint: string,
): Promise<void> {
  const [counted] = await session.query(`select count(*) as row_count from ${landing}`)
  if (Number(counted?.row_count) === rowCount) return
  const files = (input.csv?.files ?? input.jsonLines ?? []).join(', ')
  const message = `${what}: DuckDB read ${counted?.row_count} rows of ${files}, where ${rowCount} stand`
  throw new ProblemsError([{ kind: 'data', message, hint }])
}

function stagingQuery({ input, rowIds }: Staging, columns: TypedColumns, relation: string): string {
  const id = rowIds === 'with row ids' ? [`${rowId(input)} as tl_row_id`] : []
  const selected = [...columns.typed.map((_, index) => `t${index}`), ...id, `${columns.bad} as tl_bad`]
  const isUnordered = rowIds === 'with row ids' && input.order === 'content'
  return `
    select ${selected.join(', ')}
    from (select ${['*', ...columns.typed].join(', ')} from (select ${['*', ...columns.given].join(', ')} from ${relation}))
    ${isUnordered ? 'order by tl_row_id' : ''}`
}

/** A name for the row's content: every value in order, its length before it, so that no two rows share a text; NULL is a dash. Of JSON, the line. */
function rowId({ columns, jsonLines }: RawInput): string {
  if (jsonLines) return 'sha256(line)'
  const values = columns.map((_, index) => {
    const text = `cast(c${index} as varchar)`
    return `coalesce(strlen(${text}) || ':' || ${text}, '-')`
  })
  return `sha256(concat_ws(',', ${values.join(', ')}))`
}

function rawLine({ columns, csv, jsonLines }: RawInput): string {
  if (jsonLines) return 'cast(line as varchar)'
  if (!csv) {
    const fields = columns.map(({ name }, index) => `${duckdb.text(name)}, c${index}`)
    return `cast(json_object(${fields.join(', ')}) as varchar)`
  }
  const special = `chr(34) || chr(10) || chr(13) || ${duckdb.text(csv.delimiter)}`
  const fields = columns.map(
    (_, index) =>
      `case when c${index} is null then '' when translate(c${index}, ${special}, '') <> c${index} then '"' || replace(c${index}, '"', '""') || '"' else c${index} end`,
  )
  return `concat_ws(${duckdb.text(csv.delimiter)}, ${fields.join(', ')})`
}
