import { asJson } from '../../artifacts/json.ts'
import type { Cell, Row } from '../../warehouse/warehouse.ts'
import { type Alignment, alignedLines, cut, widthOf } from './text-table.ts'

const cellWidth = 40

/**
 * Rows as a table with a header: numbers to the right (the columns named in `decimals` too, without the zeros at their ends), wide cells cut. A table that is wider than `width` is written as records, a line for
 * each column, so that no line wraps.
 */
export function rowTable(
  columns: readonly string[],
  rows: readonly Row[],
  width: number | undefined,
  decimals: ReadonlySet<string> = new Set(),
): readonly string[] {
  const told = rows.map(row => columns.map(name => toldText(row[name], decimals.has(name))))
  const cells = told.map(texts => texts.map(text => cut(text, cellWidth)))
  const lines = alignedLines([columns, ruler(columns, cells), ...cells], alignmentsOf(columns, rows, decimals))
  if (width === undefined || lines.every(line => widthOf(line) <= width)) return lines
  return told.flatMap((texts, index) => recordLines(columns, texts, index, width))
}

/** As it is shown: no control character reaches the terminal, a list or a record is JSON. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return 'NULL'
  const text = typeof cell === 'object' ? JSON.stringify(asJson(cell)) : String(cell)
  return text.replaceAll(/\p{Cc}/gu, character => JSON.stringify(character).slice(1, -1))
}

function toldText(cell: Cell | undefined, isDecimal: boolean): string {
  const text = cellText(cell)
  return isDecimal && text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function ruler(columns: readonly string[], cells: readonly (readonly string[])[]): readonly string[] {
  return columns.map((name, index) => '─'.repeat(Math.max(widthOf(name), ...cells.map(row => widthOf(row[index]!)))))
}

function alignmentsOf(
  columns: readonly string[],
  rows: readonly Row[],
  decimals: ReadonlySet<string>,
): readonly Alignment[] {
  return columns.map(name => {
    const known = rows.map(row => row[name]).filter(cell => cell !== null)
    const isNumeric = known.length > 0 && known.every(cell => typeof cell === 'number' || typeof cell === 'bigint')
    return isNumeric || decimals.has(name) ? 'right' : 'left'
  })
}

function recordLines(
  columns: readonly string[],
  texts: readonly string[],
  index: number,
  width: number,
): readonly string[] {
  const nameWidth = Math.max(...columns.map(widthOf))
  const room = Math.max(10, width - nameWidth - 2)
  const lines = alignedLines(columns.map((name, place) => [name, cut(texts[place]!, room)]))
  return [`${index === 0 ? '' : '\n'}─ row ${index + 1} ─`, ...lines]
}
