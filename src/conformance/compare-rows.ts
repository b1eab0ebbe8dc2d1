import type { AnyColumn } from '../authoring/column.ts'
import type { Row } from '../warehouse/warehouse.ts'
import { comparable } from './comparable.ts'

export interface RowsDifference {
  readonly expectedCount: number
  readonly gotCount: number
  /** Of the rows, some: `person_id = p1: revenue 10.5, not 10`. */
  readonly samples: readonly string[]
}

const samplesAtMost = 5
/** Doubles are equal that differ in the thirteenth digit: engines add them up in orders of their own. */
const tolerance = 1e-11

/**
 * How rows differ from those expected, in whatever order they come; undefined where they do not. Rows are paired by `key`; without one, by all that they hold.
 */
export function rowsDifference(
  columns: Readonly<Record<string, AnyColumn>>,
  key: readonly string[],
  expected: readonly Row[],
  got: readonly Row[],
): RowsDifference | undefined {
  const by = key.length === 0 ? Object.keys(columns) : key
  const keyOf = (row: Row): string => by.map(name => `${name} = ${shown(columns, name, row)}`).join(', ')
  const wanted = grouped(expected, keyOf)
  const found = grouped(got, keyOf)
  const samples: string[] = []
  for (const [at, rows] of wanted) {
    const others = found.get(at) ?? []
    if (rows.length !== others.length) samples.push(`${at}: ${rows.length} expected, ${others.length} there`)
    else if (key.length > 0) samples.push(...rows.flatMap((row, index) => cells(columns, at, row, others[index]!)))
  }
  for (const [at, rows] of found) if (!wanted.has(at)) samples.push(`${at}: not expected, ${rows.length} there`)
  if (samples.length === 0) return undefined
  return { expectedCount: expected.length, gotCount: got.length, samples: samples.slice(0, samplesAtMost) }
}

function grouped(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const at = keyOf(row)
    const group = groups.get(at)
    if (group === undefined) groups.set(at, [row])
    else group.push(row)
  }
  return groups
}

function cells(columns: Readonly<Record<string, AnyColumn>>, at: string, expected: Row, got: Row): readonly string[] {
  const differing = Object.keys(columns).filter(name => {
    if (shown(columns, name, expected) === shown(columns, name, got)) return false
    return columns[name]!.type.kind !== 'real' || !isNear(expected[name], got[name])
  })
  if (differing.length === 0) return []
  const words = differing.map(
    name => `${name} ${shown(columns, name, expected)} expected, ${shown(columns, name, got)}`,
  )
  return [`${at}: ${words.join('; ')}`]
}

function isNear(a: unknown, b: unknown): boolean {
  if (a === null || b === null || a === undefined || b === undefined) return false
  const [x, y] = [Number(a), Number(b)]
  return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y))
}

function shown(columns: Readonly<Record<string, AnyColumn>>, name: string, row: Row): string {
  return JSON.stringify(comparable(columns[name]!.type, row[name]))
}
