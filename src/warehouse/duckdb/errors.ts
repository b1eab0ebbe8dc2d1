import { WarehouseError } from '../warehouse.ts'

interface DuckDBErrorFields {
  readonly exception_type?: string
  readonly exception_message?: string
  readonly error_subtype?: string
  readonly position?: string
  readonly name?: string
  readonly type?: string
}

/** DuckDB's error (its text is JSON where `errors_as_json` is set) as ours, in fewer words and with a position in UTF-16 units. */
export function duckdbError(error: unknown, sql: string | undefined): WarehouseError {
  const text = error instanceof Error ? error.message : String(error)
  const fields = parse(text)
  const subtype = fields.error_subtype ?? ''
  const ofTable = columnOfTable(fields)
  const position =
    sql === undefined || fields.position === undefined ? undefined : offsetOf(sql, Number(fields.position))
  return new WarehouseError(words(fields), {
    sql,
    offset: ofTable === undefined || position === undefined ? position : pastQualifier(sql!, position),
    unknownName:
      ofTable?.column ?? (subtype === 'COLUMN_NOT_FOUND' || subtype === 'MISSING_ENTRY' ? fields.name : undefined),
    kind: kindOf(fields),
    cause: error,
  })
}

function parse(text: string): DuckDBErrorFields {
  const start = text.indexOf('{"exception_type"')
  if (start >= 0) {
    try {
      return JSON.parse(text.slice(start)) as DuckDBErrorFields
    } catch {
      return { exception_message: text }
    }
  }
  const [, type, message] = /^([A-Z]\w+)(?: Error)?: ([\s\S]*)$/.exec(text) ?? []
  return type === undefined ? { exception_message: text } : { exception_type: type, exception_message: message ?? text }
}

/** The table and the column of an error that says only in words that the one has not the other. */
function columnOfTable({ exception_message: message = '' }: DuckDBErrorFields) {
  const [, table, column] = /^(?:Table|Values list) "(.+?)" does not have a column named "(.+?)"/.exec(message) ?? []
  return table === undefined || column === undefined ? undefined : { table, column }
}

/** From the `o` of `o.order_id` to its column. */
function pastQualifier(sql: string, offset: number): number {
  return offset + (/^[\w$]+\./.exec(sql.slice(offset))?.[0].length ?? 0)
}

/** The first line: candidates are listed better by us, and forty overloads help nobody. */
function words(fields: DuckDBErrorFields): string {
  const message = fields.exception_message ?? ''
  const ofTable = columnOfTable(fields)
  if (ofTable !== undefined) return `"${ofTable.table}" has no column named "${ofTable.column}"`
  const [, table, , others] = /^Referenced table "(.+?)" not found!(\s*Candidate tables: (.*))?/.exec(message) ?? []
  if (table !== undefined) {
    return `no table is called "${table}" here${others === undefined ? '' : `; those that are: ${others.replaceAll('"', '')}`}`
  }
  if (fields.error_subtype === 'COLUMN_NOT_FOUND') return `no column named "${fields.name}" can be read here`
  if (fields.error_subtype === 'MISSING_ENTRY')
    return `there is no ${(fields.type ?? 'entry').toLowerCase()} named "${fields.name}"`
  if (fields.error_subtype === 'NO_MATCHING_FUNCTION')
    return message.split('\n')[0]!.replace(/ You might need to add explicit type casts\.$/, '')
  return message.split('\n')[0]!
}

function kindOf({
  exception_type: type = '',
  error_subtype: subtype = '',
}: DuckDBErrorFields): WarehouseError['errorKind'] {
  if (type === 'Parser' || subtype === 'SYNTAX_ERROR') return 'syntax'
  if (subtype === 'COLUMN_NOT_FOUND' || subtype === 'MISSING_ENTRY' || type === 'Catalog') return 'name'
  if (type === 'Binder') return 'type'
  if (type === 'Conversion' || type === 'Out of Range' || type === 'Constraint' || type === 'Invalid Input')
    return 'data'
  if (type === 'INTERRUPT' || type === 'Interrupt') return 'interrupted'
  if (type === 'IO' || type === 'Connection') return 'connection'
  return 'other'
}

function offsetOf(sql: string, bytes: number): number {
  return Buffer.from(sql, 'utf8').subarray(0, bytes).toString('utf8').length
}
