import type { InsertBinds } from 'snowflake-sdk'
import type { Cell } from '../warehouse.ts'

/** What one statement carries at most. */
const cellsAtMost = 50_000
const charactersAtMost = 8_000_000

/** Rows as a driver binds them, in pieces that a statement can carry: each cell is text or NULL, lists and records are JSON. */
export function* textCells(rows: readonly (readonly Cell[])[]): Generator<InsertBinds> {
  let piece: (string | null)[][] = []
  let cells = 0
  let characters = 0
  for (const row of rows) {
    const texts = row.map(textOf)
    cells += texts.length
    characters += texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
    if (piece.length > 0 && (cells > cellsAtMost || characters > charactersAtMost)) {
      yield piece
      piece = []
      cells = texts.length
      characters = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
    }
    piece.push(texts)
  }
  if (piece.length > 0) yield piece
}

function textOf(cell: Cell): string | null {
  if (cell === null || typeof cell === 'string') return cell
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}
