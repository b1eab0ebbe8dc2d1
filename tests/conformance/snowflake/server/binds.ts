import { codeOf, literalOf, replaceBinds } from './sql-text.ts'

/** A bind as the driver sends it; its value a list where many rows are sent at once. */
export interface Bind {
  readonly type: string
  readonly value: string | null | readonly (string | null)[]
}

/** Binds by their number, from 1: `{ '1': { type: 'TEXT', value: 'a' } }`. */
export type Binds = Readonly<Record<string, Bind>>

/** How many rows are sent at once; undefined where the binds are of one row. */
export function rowCountOf(binds: Binds): number | undefined {
  const many = Object.values(binds).find(({ value }) => Array.isArray(value))
  return many === undefined ? undefined : (many.value as readonly unknown[]).length
}

/** The statement with its binds written into it. */
export function withBinds(sql: string, binds: Binds): string {
  return replaceBinds(sql, number => {
    const bind = binds[number]
    return bind === undefined ? '?' : literal(bind.type, bind.value as string | null)
  })
}

/**
 * An `insert … values (?, …)` of many rows as few statements: the engine takes milliseconds for each row of literals, and a whole list in JSON at
 * once. Undefined for all else, which the service does not take many rows for.
 */
export function withManyRows(sql: string, binds: Binds, rowCount: number): readonly string[] | undefined {
  const [, insert] = insertOfRows.exec(codeOf(sql)) ?? []
  if (insert === undefined) return undefined
  const columns = Object.keys(binds)
    .map(Number)
    .sort((one, other) => one - other)
    .map(number => binds[number]!)
  const cells = columns.map(({ type }, index) => {
    const cast = castOf(type)
    return `bound.value[${index}]::varchar${cast === undefined ? '' : `::${cast}`}`
  })
  const statements: string[] = []
  for (let start = 0; start < rowCount; start += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rowCount - start)
    const rows = Array.from({ length: count }, (_, index) => columns.map(column => plain(column, start + index)))
    const list = `table(flatten(input => parse_json(${literalOf(jsonOf(rows))}))) bound`
    statements.push(`${sql.slice(0, insert.length)}select ${cells.join(', ')} from ${list}`)
  }
  return statements
}

const insertOfRows = /^(\s*insert\s+into\s+[\w.]+\s*(?:\([\w\s,]*\)\s*)?)values\s*\(\s*\?(?:\s*,\s*\?)*\s*\)\s*$/i

/** fakesnow takes `$word` for a session variable, in literals too. */
const jsonOf = (rows: unknown): string => JSON.stringify(rows).replaceAll('$', '\\u0024')

const rowsAtOnce = 20_000

function castOf(type: string): string | undefined {
  if (type.startsWith('TIMESTAMP')) return type
  return { REAL: 'float', BOOLEAN: 'boolean', DATE: 'date' }[type]
}

function plain({ type, value }: Bind, row: number): string | null {
  const cell = (value as readonly (string | null)[])[row] ?? null
  return cell === null ? null : text(type, cell)
}

function literal(type: string, value: string | null): string {
  if (value === null) return 'null'
  if (type === 'FIXED') return value
  if (type === 'BINARY') return `to_binary(${literalOf(value)}, 'HEX')`
  const cast = castOf(type)
  return cast === undefined ? literalOf(text(type, value)) : `${literalOf(text(type, value))}::${cast}`
}

/** A whole number for a date is its milliseconds, for an instant its nanoseconds. */
function text(type: string, value: string): string {
  if (!/^-?\d+$/.test(value)) return value
  if (type === 'DATE') return new Date(Number(value)).toISOString().slice(0, 10)
  if (!type.startsWith('TIMESTAMP')) return value
  const nanoseconds = BigInt(value)
  const fraction = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const seconds = new Date(Number((nanoseconds - fraction) / 1_000_000n)).toISOString().slice(0, 19)
  return `${seconds.replace('T', ' ')}.${String(fraction).padStart(9, '0').slice(0, 6)}`
}
