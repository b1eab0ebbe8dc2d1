import type { ColumnType } from '../../authoring/column-type.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import type { Row, Session } from '../warehouse.ts'
import { writtenForm } from './parse-values.ts'
import { type ColumnTypes, csvRelation } from './raw-input.ts'
import { type CsvFiles, faultColumns, type Located, locateRows } from './sift-csv.ts'

/** Past so many rows with bad values their lines are not looked up: such a file is not broken in places, it is another file. */
const mostLocated = 100_000
const mostShown = 5

const badRows = 'tl_bad_rows'

/**
 * Collects bad rows in a temporary table of this session and returns how many there are: staged rows with a value that is not of its type
 * (`row_number` is their place), and the records of a CSV file that could not be read.
 */
export async function collectBadRows(
  session: Session,
  declared: ColumnTypes,
  landing: string,
  faults: string | undefined,
): Promise<number> {
  const names = textList(Object.keys(declared))
  const reasons = textList(Object.values(declared).map(type => `not ${article(type)}: expected ${writtenForm(type)}`))
  const mistyped = `
    select cast(null as varchar) as file, cast(null as bigint) as line_number, rowid + 1 as row_number, tl_bad.column_number as column_number,
      ${names}[tl_bad.column_number + 1] as column_name, tl_bad.value as value, ${reasons}[tl_bad.column_number + 1] as reason,
      tl_bad.raw_line as raw_line
    from ${landing} where tl_bad is not null`
  const all = faults === undefined ? mistyped : `${unreadable(faults)} union all ${mistyped}`
  await session.execute(
    `create or replace temp table ${badRows} as
     select row_number() over (order by row_number nulls first, file, line_number) as id, * from (${all})`,
  )
  const [counted] = await session.query(`select count(*) as bad_count from ${badRows}`)
  return Number(counted?.bad_count)
}

/** The bad rows as an error: the first few, each at its line, and how many in all. */
export async function badRowsError(
  session: Session,
  input: {
    readonly what: string
    readonly from: string
    readonly declared: ColumnTypes
    readonly csv: CsvFiles | undefined
  },
  badCount: number,
  hint: string,
): Promise<ProblemsError> {
  const files = input.csv?.files ?? []
  const rows = await someBadRows(session, mostShown)
  const lines = await linesOf(input.csv, rows)
  const order = (row: Row) => {
    const { file, line } = placeOf(row, lines) ?? { file: '', line: 0 }
    return [files.indexOf(file), line] as const
  }
  const shown = [...rows]
    .sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1])
    .slice(0, mostShown)
    .map(row => problemOf(row, lines, Object.values(input.declared)))
  const count = badCount === 1 ? '1 bad row' : `${badCount} bad rows`
  const more = badCount > shown.length ? `; the first ${shown.length} follow` : ''
  return new ProblemsError([
    { kind: 'data', message: `${input.what}: ${count} in ${input.from}${more}`, hint },
    ...shown,
  ])
}

/** A statement that puts the bad rows into a table for people to look at. */
export async function quarantineStatement(session: Session, csv: CsvFiles | undefined, into: string): Promise<string> {
  const lines = await linesOf(csv, await someBadRows(session, mostLocated))
  const located = [...lines]
    .map(([rowNumber, { file, line }]) => `(${rowNumber}, ${duckdb.text(file)}, ${line})`)
    .join(', ')
  return `create or replace table ${into} as
    select coalesce(bad.file, located.file) as file, coalesce(bad.line_number, located.line) as line_number, raw_line, column_name, value, reason
    from ${badRows} as bad left join (values ${located || '(0, null, 0)'}) as located(row_number, file, line) using (row_number)
    order by file, line_number, id`
}

export async function dropBadRows(session: Session): Promise<void> {
  await session.execute(`drop table if exists ${badRows}`)
}

function unreadable(faults: string): string {
  const relation = csvRelation({ files: [faults], delimiter: ',', columnCount: faultColumns.length })
  const named = `${relation} as faults(${faultColumns.join(', ')})`
  return `
    select file, cast(line_number as bigint) as line_number, cast(null as bigint) as row_number, cast(null as integer) as column_number,
      column_name, cast(null as varchar) as value, reason, raw_line
    from ${named}`
}

async function someBadRows(session: Session, most: number): Promise<readonly Row[]> {
  const rows = (which: string) => `
    (select file, line_number, row_number, column_number, column_name, reason, left(value, 200) as value, left(raw_line, 200) as raw_line
     from ${badRows} where ${which} order by id limit ${most})`
  return session.query(`${rows('row_number is null')} union all ${rows('row_number is not null')}`)
}

async function linesOf(csv: CsvFiles | undefined, rows: readonly Row[]): Promise<ReadonlyMap<number, Located>> {
  const numbers = rows.filter(row => row.row_number !== null).map(row => Number(row.row_number))
  return csv && numbers.length > 0 ? locateRows(csv, numbers) : new Map()
}

function placeOf(row: Row, lines: ReadonlyMap<number, Located>): Problem['place'] {
  if (row.row_number === null) return { file: String(row.file), line: Number(row.line_number), column: 1 }
  const located = lines.get(Number(row.row_number))
  return located && { file: located.file, line: located.line, column: 1 }
}

function problemOf(row: Row, lines: ReadonlyMap<number, Located>, types: readonly ColumnType[]): Problem {
  const place = placeOf(row, lines)
  const type = row.column_number === null ? undefined : types[Number(row.column_number)]
  if (!type) {
    const within = row.column_name === null ? '' : `column "${row.column_name}": `
    return {
      kind: 'data',
      message: `${within}${row.reason}`,
      place,
      excerpt: `${String(row.raw_line).slice(0, 160)}\n^`,
    }
  }
  const rowNumber = lines.get(Number(row.row_number))?.row ?? row.row_number
  const message = `row ${rowNumber}, column "${row.column_name}": ${JSON.stringify(row.value)} is not ${article(type)}`
  return { kind: 'data', message, place, expected: writtenForm(type) }
}

function article(type: ColumnType): string {
  if (type.kind === 'timestamp' && type.isLocal) return 'a local time'
  return `${/^[aeiou]/.test(type.kind) ? 'an' : 'a'} ${type.kind}`
}

function textList(values: readonly string[]): string {
  return `cast([${values.map(duckdb.text).join(', ')}] as varchar[])`
}
