import { duckdb } from '../../compile/dialect/duckdb.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Session } from '../warehouse.ts'
import { collectBadRows, dropBadRows } from './bad-rows.ts'
import { typedValue } from './parse-values.ts'
import { type ColumnTypes, csvRelation, type RawInput } from './raw-input.ts'
import { siftCsv } from './sift-csv.ts'

export interface Staging {
  /** Whose rows they are, for messages. */
  readonly what: string
  readonly input: RawInput
  readonly declared: ColumnTypes
  /** The quoted name of the table, dropped afterwards. */
  readonly landing: string
  readonly rowIds: 'with row ids' | 'without row ids'
}

/**
 * Stages rows in a table and does the work on it. The table holds the rows that can be read, in order: the declared columns as t0, t1 …, typed;
 * `tl_row_id` where wanted; and `tl_bad`, NULL where every value is of its type, else the first that is not. One parallel scan fills it, flat in
 * memory whatever the number of rows; a row's place is its `rowid`. The work is told the number of bad rows, unreadable ones included.
 */
export async function withStagedRows<T>(
  session: Session,
  staging: Staging,
  work: (badCount: number) => Promise<T>,
): Promise<T> {
  const { input, landing, declared } = staging
  const sifted = input.csv && (await siftCsv(input.csv))
  try {
    const relation = input.csv && sifted ? csvRelation({ ...input.csv, files: sifted.files }) : input.relation
    await session.execute(`create or replace table ${landing} as ${stagingQuery(staging, relation)}`)
    if (sifted) await mustHaveRead(session, staging, sifted.rowCount)
    return await work(await collectBadRows(session, declared, landing, sifted?.faults))
  } finally {
    await session.execute(`drop table if exists ${landing}`)
    await dropBadRows(session)
    await sifted?.discard()
  }
}

/** DuckDB can pass over rows of a CSV file without a word; such a table must not be published. */
async function mustHaveRead(session: Session, { what, input, landing }: Staging, rowCount: number): Promise<void> {
  const [counted] = await session.query(`select count(*) as row_count from ${landing}`)
  if (Number(counted?.row_count) === rowCount) return
  const message = `${what}: DuckDB read ${counted?.row_count} rows of ${input.csv?.files.join(', ')}, where ${rowCount} stand`
  const hint = 'write the file again with every field between double quotes'
  throw new ProblemsError([{ kind: 'data', message, hint }])
}

const badType = 'struct(column_number integer, value varchar, raw_line varchar)'

function stagingQuery({ input, declared, rowIds }: Staging, relation: string): string {
  const columns = Object.entries(declared).map(([name, type]) => {
    const index = input.columns.findIndex(column => column.name === name)
    const { engineType } = input.columns[index]!
    const isParsed = engineType === 'varchar' && type.kind !== 'text'
    return { type, engineType, raw: `c${index}`, given: isParsed ? `nullif(trim(c${index}), '')` : `c${index}` }
  })
  const given = columns.map(({ given }, index) => `${given} as g${index}`)
  const typed = columns.map(
    ({ type, engineType }, index) => `${typedValue(type, engineType, `g${index}`)} as t${index}`,
  )
  const bad = columns.flatMap(({ type, raw }, index) =>
    type.kind === 'text'
      ? []
      : [
          `when g${index} is not null and t${index} is null then struct_pack(column_number := ${index}, value := cast(${raw} as varchar), raw_line := ${rawLine(input)})`,
        ],
  )
  const isBad = bad.length === 0 ? `cast(null as ${badType})` : `cast(case ${bad.join(' ')} end as ${badType})`
  const id = rowIds === 'with row ids' ? [`${rowId(input)} as tl_row_id`] : []
  const selected = [...columns.map((_, index) => `t${index}`), ...id, `${isBad} as tl_bad`]
  const isUnordered = rowIds === 'with row ids' && input.order === 'content'
  return `
    select ${selected.join(', ')}
    from (select *, ${typed.join(', ')} from (select *, ${given.join(', ')} from ${relation}))
    ${isUnordered ? 'order by tl_row_id' : ''}`
}

/** A name for the row's content: every value in order, its length before it, so that no two rows share a text; NULL is a dash. */
function rowId({ columns }: RawInput): string {
  const values = columns.map((_, index) => {
    const text = `cast(c${index} as varchar)`
    return `coalesce(strlen(${text}) || ':' || ${text}, '-')`
  })
  return `sha256(concat_ws(',', ${values.join(', ')}))`
}

function rawLine({ columns, csv }: RawInput): string {
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
