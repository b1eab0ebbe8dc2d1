import type { ColumnType } from '../../authoring/column-type.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import { clearingAway } from '../clearing-away.ts'
import type { Row, Session } from '../warehouse.ts'
import { locateLines } from './json-lines.ts'
import { writtenForm } from './parse-values.ts'
import { csvRelation, type RawInput } from './raw-input.ts'
import { faultColumns, type Located, locateRows } from './sift-csv.ts'
import type { RowFault } from './typed-columns.ts'

/** Past so many rows with bad values their lines are not looked up: such a file is not broken in places, it is another file. */
const mostLocated = 100_000
const mostShown = 5
const noObject = 'not a JSON object on a line of its own'

const badRows = 'tl_bad_rows'

export interface BadRows {
  readonly count: number
  /** What a row's fault number means. */
  readonly faults: readonly RowFault[]
}

/**
 * Collects bad rows in a temporary table of this session: staged rows with a fault (`row_number` is their place), and the records of a CSV
 * file that could not be read.
 */
export async function collectBadRows(
  session: Session,
  faults: readonly RowFault[],
  landing: string,
  unread: string | undefined,
): Promise<BadRows> {
  const names = textList(faults.map(({ name }) => name))
  const reasons = textList(
    faults.map(({ type }) => (type ? `not ${article(type)}: expected ${writtenForm(type)}` : noObject)),
  )
  const faulty = `
    select cast(null as varchar) as file, cast(null as bigint) as line_number, rowid + 1 as row_number, tl_bad.fault_number as fault_number,
      ${names}[tl_bad.fault_number + 1] as column_name, tl_bad.value as value, ${reasons}[tl_bad.fault_number + 1] as reason,
      tl_bad.raw_line as raw_line
    from ${landing} where tl_bad is not null`
  const all = unread === undefined ? faulty : `${unreadable(unread)} union all ${faulty}`
  await session.execute(
    `create or replace temp table ${badRows} as
     select row_number() over (order by row_number nulls first, file, line_number) as id, * from (${all})`,
  )
  const [counted] = await session.query(`select count(*) as bad_count from ${badRows}`)
  return { count: Number(counted?.bad_count), faults }
}

/** The bad rows as an error: the first few, each at its line, and how many in all. */
export async function badRowsError(
  session: Session,
  { what, from, input }: { readonly what: string; readonly from: string; readonly input: RawInput },
  bad: BadRows,
  hint: string,
): Promise<ProblemsError> {
  const files = input.csv?.files ?? input.jsonLines ?? []
  const rows = await someBadRows(session, mostShown)
  const lines = await linesOf(input, rows)
  const order = (row: Row) => {
    const { file, line } = placeOf(row, lines) ?? { file: '', line: 0 }
    return [files.indexOf(file), line] as const
  }
  const shown = [...rows]
    .sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1])
    .slice(0, mostShown)
    .map(row => problemOf(row, lines, bad.faults))
  const count = bad.count === 1 ? '1 bad row' : `${bad.count} bad rows`
  const more = bad.count > shown.length ? `; the first ${shown.length} follow` : ''
  return new ProblemsError([{ kind: 'data', message: `${what}: ${count} in ${from}${more}`, hint }, ...shown])
}

/** A statement that puts the bad rows into a table for people to look at. */
export async function quarantineStatement(session: Session, input: RawInput, into: string): Promise<string> {
  const lines = await linesOf(input, await someBadRows(session, mostLocated))
  const located = [...lines]
    .map(([rowNumber, { file, line, text }]) => {
      const unread = text === undefined ? 'null' : duckdb.text(text)
      return `(${rowNumber}, ${duckdb.text(file)}, ${line}, ${unread})`
    })
    .join(', ')
  return `create or replace table ${into} as
    select coalesce(bad.file, located.file) as file, coalesce(bad.line_number, located.line) as line_number,
      coalesce(raw_line, located.text) as raw_line, column_name, value, reason
    from ${badRows} as bad left join (values ${located || '(0, null, 0, null)'}) as located(row_number, file, line, text) using (row_number)
    order by file, line_number, id`
}

export async function dropBadRows(session: Session): Promise<void> {
  await clearingAway(session).execute(`drop table if exists ${badRows}`)
}

function unreadable(faults: string): string {
  const relation = csvRelation({ files: [faults], delimiter: ',', columnCount: faultColumns.length })
  const named = `${relation} as faults(${faultColumns.join(', ')})`
  return `
    select file, cast(line_number as bigint) as line_number, cast(null as bigint) as row_number, cast(null as integer) as fault_number,
      column_name, cast(null as varchar) as value, reason, raw_line
    from ${named}`
}

async function someBadRows(session: Session, most: number): Promise<readonly Row[]> {
  const rows = (which: string) => `
    (select file, line_number, row_number, fault_number, column_name, reason, left(value, 200) as value, left(raw_line, 200) as raw_line
     from ${badRows} where ${which} order by id limit ${most})`
  return session.query(`${rows('row_number is null')} union all ${rows('row_number is not null')}`)
}

async function linesOf(input: RawInput, rows: readonly Row[]): Promise<ReadonlyMap<number, Located>> {
  const numbers = rows.filter(row => row.row_number !== null).map(row => Number(row.row_number))
  if (numbers.length === 0) return new Map()
  if (input.jsonLines) return locateLines(input.jsonLines, numbers)
  return input.csv ? locateRows(input.csv, numbers) : new Map()
}

function placeOf(row: Row, lines: ReadonlyMap<number, Located>): Problem['place'] {
  if (row.row_number === null) return { file: String(row.file), line: Number(row.line_number), column: 1 }
  const located = lines.get(Number(row.row_number))
  return located && { file: located.file, line: located.line, column: 1 }
}

function problemOf(row: Row, lines: ReadonlyMap<number, Located>, faults: readonly RowFault[]): Problem {
  const place = placeOf(row, lines)
  const type = row.fault_number === null ? undefined : faults[Number(row.fault_number)]?.type
  const located = lines.get(Number(row.row_number))
  if (!type) {
    const within = row.column_name === null ? '' : `column "${row.column_name}": `
    const text = String(row.raw_line ?? located?.text ?? '')
    return { kind: 'data', message: `${within}${row.reason}`, place, excerpt: `${text.slice(0, 160)}\n^` }
  }
  const message = `row ${located?.row ?? row.row_number}, column "${row.column_name}": ${JSON.stringify(row.value)} is not ${article(type)}`
  return { kind: 'data', message, place, expected: writtenForm(type) }
}

function article(type: ColumnType): string {
  if (type.kind === 'timestamp' && type.isLocal) return 'a local time'
  return `${/^[aeiou]/.test(type.kind) ? 'an' : 'a'} ${type.kind}`
}

function textList(values: readonly (string | undefined)[]): string {
  const texts = values.map(value => (value === undefined ? 'null' : duckdb.text(value)))
  return `cast([${texts.join(', ')}] as varchar[])`
}
