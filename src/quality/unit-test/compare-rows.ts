import type { Columns } from '../../authoring/column.ts'
import { areSame, plainOf, shown } from './value.ts'

type Values = Readonly<Record<string, unknown>>
type PlainRow = readonly unknown[]

const shownAtMost = 20

/**
 * What tells the rows of a model from those expected, as a table of the missing (-) and the unexpected (+), each beside the one most like it;
 * undefined where nothing does. Without regard to order, on the columns that any expected row names; equal rows count as often as they stand.
 */
export function differenceOf(
  expected: readonly Values[],
  actual: readonly Values[],
  columns: Columns,
): string | undefined {
  const names = comparedColumns(expected, columns)
  const plain = (row: Values): PlainRow => names.map(name => plainOf(columns[name]!.type, row[name]))
  const unexpected = actual.map(plain)
  const missing: PlainRow[] = []
  for (const row of expected.map(plain)) {
    const at = unexpected.findIndex(other => row.every((value, index) => areSame(value, other[index])))
    if (at < 0) missing.push(row)
    else unexpected.splice(at, 1)
  }
  if (missing.length === 0 && unexpected.length === 0) return undefined
  const headline = `${expected.length} ${expected.length === 1 ? 'row' : 'rows'} expected, ${actual.length} found: ${missing.length} missing (-), ${unexpected.length} unexpected (+)`
  return [headline, ...table(names, inPairs(missing, unexpected))].join('\n')
}

/** Those that an expected row names, in the contract's order; where no row is expected, all. */
function comparedColumns(expected: readonly Values[], columns: Columns): readonly string[] {
  if (expected.length === 0) return Object.keys(columns)
  return Object.keys(columns).filter(name => expected.some(row => Object.hasOwn(row, name)))
}

type Line = readonly ['-' | '+', PlainRow]

/** Each missing row and the unexpected row that has most values in common with it, then what is left. */
function inPairs(missing: readonly PlainRow[], unexpected: readonly PlainRow[]): readonly Line[] {
  const left = [...unexpected]
  const lines = missing.flatMap((row): Line[] => {
    const likeness = left.map(other => row.filter((value, index) => areSame(value, other[index])).length)
    const best = Math.max(0, ...likeness)
    if (best === 0) return [['-', row]]
    const [nearest] = left.splice(likeness.indexOf(best), 1)
    return [
      ['-', row],
      ['+', nearest!],
    ]
  })
  return [...lines, ...left.map((row): Line => ['+', row])]
}

function table(names: readonly string[], lines: readonly Line[]): readonly string[] {
  const cells = [['', ...names], ...lines.slice(0, shownAtMost).map(([sign, row]) => [sign, ...row.map(shown)])]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map(row => widthOf(row[column]!))))
  const rows = cells.map(row =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  )
  return lines.length > shownAtMost ? [...rows, `and ${lines.length - shownAtMost} more`] : rows
}

const widthOf = (text: string): number => [...text].length
