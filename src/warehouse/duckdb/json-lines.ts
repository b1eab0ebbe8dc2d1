import type { ColumnType } from '../../authoring/column-type.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import type { Session } from '../warehouse.ts'
import { bytesOf, unreadable } from './file-bytes.ts'
import { type JsonPlace, pathStep } from './form-faults.ts'
import { fieldValue, jsonStructure, jsonType } from './nested-values.ts'
import type { RawColumn } from './raw-column.ts'
import { filesLiteral } from './raw-files.ts'
import type { Located } from './sift-csv.ts'

/** Throws where a file is not one JSON object a line by its first bytes. */
export async function mustBeJsonLines(file: string): Promise<void> {
  const expected = 'one JSON object a line (newline-delimited JSON), in UTF-8'
  let isFirst = true
  for await (const chunk of bytesOf(file)) {
    const isMarked = chunk[0] === 0xef || chunk[0] === 0xfe || chunk[0] === 0xff
    if (isFirst && isMarked) throw unreadable(file, 'it begins with a byte order mark', expected, 'write it without')
    isFirst = false
    const first = chunk.find(byte => !isBlank(byte))
    if (first === openBracket) {
      const hint = `write each entry of the list on a line of its own, as jq -c '.[]' does`
      throw unreadable(file, 'it is a JSON list', expected, hint)
    }
    if (first !== undefined) return
  }
}

/** The declared columns as they come from lines of JSON: all single values as text. A file does not say which fields it has. */
export function jsonLineColumns(declared: Readonly<Record<string, ColumnType>>): readonly RawColumn[] {
  return Object.entries(declared).map(([name, type]) => ({ name, ...jsonType(type) }))
}

/**
 * The lines of files as a relation: `line`, blanks around it cut away, NULL where it is no JSON; and the fields c0, c1 … of these names. Blank
 * lines are passed over. One parallel scan, each line parsed once.
 */
export function jsonLinesRelation(files: readonly string[], declared: Readonly<Record<string, ColumnType>>): string {
  const lines = `(select json as line from read_ndjson_objects(${filesLiteral(files)}, ignore_errors = true))`
  const names = Object.keys(declared)
  if (names.length === 0) return lines
  const form = jsonStructure({ kind: 'record', fields: declared })
  const columns = names.map((name, index) => `${fieldValue('object', name)} as c${index}`)
  return `(select line, ${columns.join(', ')} from (select line, from_json(line, ${duckdb.text(form)}) as object from ${lines}))`
}

/** SQL: whether the line is no JSON object. */
export const isNoObject = `(line is null or left(line, 1) <> '{')`

/** The names of the fields of the first thousand lines, in order of name; none where there are no lines that are objects. */
export async function fieldsOfLines(session: Session, files: readonly string[]): Promise<readonly string[]> {
  const lines = `(select line from ${jsonLinesRelation(files, {})} limit 1000)`
  const names = `select unnest(json_keys(line)) as name from ${lines} where not ${isNoObject}`
  const rows = await session.query(`select distinct name from (${names}) order by name`)
  return rows.map(({ name }) => String(name))
}

/** SQL: the line's value of a column, as text. */
export function jsonTextAt(name: string): string {
  return `json_extract_string(line, ${duckdb.text(`$${pathStep(name)}`)})`
}

/** Of columns of the lines, the paths whose types of JSON are looked up: all of them at once, as each look parses the line. */
export class LineForms {
  private readonly paths: string[] = []

  placeOf(column: string): JsonPlace {
    const typeAt = (path: string) => `forms[${this.paths.push(path)}]`
    return { json: 'line', path: `$${pathStep(column)}`, typeAt }
  }

  /** What `forms` is. */
  get value(): string {
    return this.paths.length === 0 ? 'null' : `json_type(line, [${this.paths.map(duckdb.text).join(', ')}])`
  }
}

/** How many lines that are not blank the files have. Throws `ProblemsError` where one cannot be read to its end. */
export async function countLines(files: readonly string[]): Promise<number> {
  let count = 0
  for (const file of files) {
    let isBlankSoFar = true
    for await (const chunk of bytesOf(file)) {
      for (let start = 0; start < chunk.length; ) {
        const at = chunk.indexOf(lineFeed, start)
        const end = at < 0 ? chunk.length : at
        while (isBlankSoFar && start < end) isBlankSoFar = isBlank(chunk[start++]!)
        if (at >= 0 && !isBlankSoFar) count++
        if (at >= 0) isBlankSoFar = true
        start = end + 1
      }
    }
    if (!isBlankSoFar) count++
  }
  return count
}

/** Where rows stand, by their number from 1 among the lines of all the files that are not blank, with the beginning of each line. */
export async function locateLines(
  files: readonly string[],
  rowNumbers: readonly number[],
): Promise<ReadonlyMap<number, Located>> {
  const wanted = new Set(rowNumbers)
  const located = new Map<number, Located>()
  let before = 0
  for (const file of files) {
    let row = 0
    for await (const { bytes, line } of linesOf(file)) {
      row++
      if (!wanted.has(before + row)) continue
      const text = bytes.subarray(0, longestShown).toString('utf8').trim().replaceAll('\0', '\ufffd')
      located.set(before + row, { file, line, row, text })
      if (located.size === wanted.size) return located
    }
    before += row
  }
  return located
}

const longestShown = 1_000
const lineFeed = 0x0a
const openBracket = 0x5b
async function* linesOf(file: string): AsyncGenerator<{ readonly bytes: Buffer; readonly line: number }> {
  let rest: Buffer[] = []
  let line = 0
  const ended = (end: Buffer) => {
    line++
    const bytes = rest.length === 0 ? end : Buffer.concat([...rest, end])
    rest = []
    return bytes
  }
  for await (const chunk of bytesOf(file)) {
    let start = 0
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, start)) {
      const bytes = ended(chunk.subarray(start, at))
      if (!bytes.every(isBlank)) yield { bytes, line }
      start = at + 1
    }
    if (start < chunk.length) rest.push(chunk.subarray(start))
  }
  const last = ended(Buffer.alloc(0))
  if (!last.every(isBlank)) yield { bytes: last, line }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}
