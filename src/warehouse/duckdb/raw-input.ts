import type { Location } from '../../authoring/location.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { nearest } from '../../problems/nearest.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import { type Session, WarehouseError } from '../warehouse.ts'
import { type CsvHeader, readCsvHeader } from './csv-file.ts'
import { jsonLineColumns, jsonLinesRelation, mustBeJsonLines } from './json-lines.ts'
import { columnProblems, type DeclaredColumns, type RawColumn } from './raw-column.ts'
import { filesLiteral, findFiles, type RawFiles } from './raw-files.ts'
import type { CsvFiles } from './sift-csv.ts'
import { findTableFiles } from './table-files.ts'

/** Raw rows that can be read, with every declared column in a type that suits. */
export interface RawInput {
  readonly columns: readonly RawColumn[]
  /** What stands after `from`: the columns as c0, c1 … in order, whatever their names. */
  readonly relation: string
  /** Files keep an order of their rows; a table has none but that of its content. */
  readonly order: 'file' | 'content'
  /** Where the rows are CSV text. */
  readonly csv: CsvFiles | undefined
  /** Where the rows are lines of JSON: their files. The relation then has the lines too, as `line`. */
  readonly jsonLines: readonly string[] | undefined
}

/** Finds the raw rows of a location and checks them against the declared columns; throws `ProblemsError` with all that is wrong. */
export async function openRaw(session: Session, location: Location, declared: DeclaredColumns): Promise<RawInput> {
  if (location.notLoaded) return noRows(declared)
  if (location.table !== undefined) return openTable(session, location, declared)
  if (location.file !== undefined) return openFiles(session, await findFiles(session, location.file), declared)
  return openFiles(session, findTableFiles(location), declared)
}

function openFiles(session: Session, { format, files }: RawFiles, declared: DeclaredColumns): Promise<RawInput> {
  if (format === 'csv') return openCsv(files, declared)
  return format === 'json' ? openJsonLines(files, declared) : openParquet(session, files, declared)
}

function noRows(declared: DeclaredColumns): RawInput {
  const columns = Object.keys(declared).map(name => ({ name, engineType: 'varchar' }))
  const nulls = ['null as nothing', ...columns.map((_, index) => `cast(null as varchar) as c${index}`)]
  const relation = `(select ${nulls.join(', ')} where false)`
  return { columns, relation, order: 'file', csv: undefined, jsonLines: undefined }
}

async function openJsonLines(files: readonly string[], declared: DeclaredColumns): Promise<RawInput> {
  for (const file of files) await mustBeJsonLines(file)
  const types = Object.fromEntries(Object.entries(declared).map(([name, { type }]) => [name, type]))
  const relation = jsonLinesRelation(files, types)
  return { columns: jsonLineColumns(types), relation, order: 'file', csv: undefined, jsonLines: files }
}

export async function openCsv(files: readonly string[], declared: DeclaredColumns): Promise<RawInput> {
  const headers: CsvHeader[] = []
  for (const file of files) headers.push(await readCsvHeader(file, Object.keys(declared)))
  const { delimiter, names } = headers[0]!
  const columns = names.map(name => ({ name, engineType: 'varchar' }))
  const problems = columnProblems(files[0]!, columns, declared).map(problem => ({
    ...problem,
    place: { file: files[0]!, line: 1, column: 1 },
  }))
  for (const [index, header] of headers.entries()) {
    if (header.delimiter === delimiter && header.names.join('\n') === names.join('\n')) continue
    const place = { file: files[index]!, line: 1, column: 1 }
    const message = `the header differs from that of ${files[0]}`
    problems.push({ kind: 'data', message, place, expected: names.join(delimiter) })
  }
  if (problems.length > 0) throw new ProblemsError(problems)
  const csv = { files, names, delimiter, columnCount: names.length }
  return { columns, relation: csvRelation(csv), order: 'file', csv, jsonLines: undefined }
}

/** CSV files as a relation of text columns c0, c1 …; DuckDB guesses nothing. */
export function csvRelation({
  files,
  delimiter,
  columnCount,
}: Pick<CsvFiles, 'files' | 'delimiter' | 'columnCount'>): string {
  const columns = Array.from({ length: columnCount }, (_, index) => `'c${index}': 'varchar'`)
  const options = [
    `columns = {${columns.join(', ')}}`,
    'auto_detect = false',
    'header = true',
    `delim = ${duckdb.text(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    'strict_mode = true',
  ]
  return `read_csv(${filesLiteral(files)}, ${options.join(', ')})`
}

async function openParquet(session: Session, files: readonly string[], declared: DeclaredColumns): Promise<RawInput> {
  const reader = (of: readonly string[]) =>
    `read_parquet(${filesLiteral(of)}, union_by_name = true, hive_partitioning = false)`
  const problems: Problem[] = []
  for (const file of files) {
    problems.push(...columnProblems(file, await parquetColumns(session, file, reader([file])), declared))
  }
  if (problems.length > 0) throw new ProblemsError(problems)
  const columns = await parquetColumns(
    session,
    files.length === 1 ? files[0]! : `${files[0]} and those beside it`,
    reader(files),
  )
  return { columns, relation: renamed(columns, reader(files)), order: 'file', csv: undefined, jsonLines: undefined }
}

async function parquetColumns(session: Session, file: string, reader: string): Promise<readonly RawColumn[]> {
  try {
    return await session.describe(`select * from ${reader}`)
  } catch (cause) {
    if (!(cause instanceof WarehouseError)) throw cause
    throw new ProblemsError([{ kind: 'data', message: `${file} cannot be read as Parquet: ${cause.message}` }], {
      cause,
    })
  }
}

type TableLocation = Extract<Location, { readonly table: string }>

async function openTable(session: Session, location: TableLocation, declared: DeclaredColumns): Promise<RawInput> {
  const { table } = location
  const quoted = table.split('.').map(duckdb.identifier).join('.')
  const columns = await tableColumns(session, location, quoted)
  const problems = columnProblems(table, columns, declared)
  if (problems.length > 0) throw new ProblemsError(problems)
  return { columns, relation: renamed(columns, quoted), order: 'content', csv: undefined, jsonLines: undefined }
}

async function tableColumns(
  session: Session,
  { table, canDoWithout }: TableLocation,
  quoted: string,
): Promise<readonly RawColumn[]> {
  try {
    return await session.describe(`select * from ${quoted}`)
  } catch (cause) {
    if (!(cause instanceof WarehouseError) || cause.errorKind === 'interrupted' || cause.errorKind === 'connection')
      throw cause
    const rows = await session.query(
      `select table_schema || '.' || table_name as name from information_schema.tables where table_catalog = current_database() order by 1`,
    )
    const names = rows.map(row => String(row.name))
    const message = names.includes(table)
      ? `table ${table} cannot be read: ${cause.message}`
      : `there is no table ${table}`
    const hint =
      canDoWithout === undefined
        ? 'make the table in this database, or mend its name in the config (schema.table)'
        : `make the table in this database, mend the schema in the config, or, where it is not loaded, say so there: without: [${canDoWithout}]`
    throw new ProblemsError([{ kind: 'data', message, suggestion: nearest(table, names), hint }], { cause })
  }
}

function renamed(columns: readonly RawColumn[], relation: string): string {
  const list = columns.map(({ name }, index) => `${duckdb.identifier(name)} as c${index}`)
  return `(select ${list.join(', ')} from ${relation})`
}
