import type { Cell, Row } from '../warehouse/warehouse.ts'

/** How many failing rows a message shows. */
export const mostShown = 3

/** Failing rows in a message: `(id = a, n = -1), (id = b, n = -2)`. What not everybody may see is `***`, for messages go to logs. */
export function shownRows(
  rows: readonly Row[],
  columnsOf: (row: Row) => readonly string[],
  isClassified: (column: string) => boolean,
): string {
  const cell = (row: Row, name: string): string => {
    const text = textOf(row[name])
    return `${name} = ${text === undefined ? 'NULL' : isClassified(name) ? '***' : text}`
  }
  const shown = rows.map(row => {
    const names = columnsOf(row)
    return `(${names.map(name => cell(row, name)).join(', ')})`
  })
  return shown.join(', ')
}

export function textOf(cell: Cell | undefined): string | undefined {
  if (cell === null || cell === undefined) return undefined
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}
