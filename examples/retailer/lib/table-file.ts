import { hour } from './calendar.ts'
import { csvLine } from './csv.ts'
import { TextFile } from './text-file.ts'

/** A row by its columns; what is left out is empty. */
export type TableRow<Column extends string> = { readonly [Name in Column]?: string | number }

/**
 * How one raw table comes in. Loaders bring rows in every six hours, some of them days late, some twice: as the same row
 * again, or once more at a later sync. Which rows that befalls is counted off, so that every table of some length has each.
 */
export class TableFile<Column extends string> {
  readonly #columns: readonly Column[]
  readonly #file: TextFile
  readonly #writeTime: (instant: number) => string
  #count = 0

  constructor(path: string, columns: readonly Column[], writeTime: (instant: number) => string) {
    this.#columns = columns
    this.#file = new TextFile(path)
    this.#writeTime = writeTime
    this.#file.write(csvLine(columns))
  }

  /** Adds a row that came to be, or was changed, at an instant. */
  add(row: TableRow<Column>, changedAt: number): void {
    this.#count += 1
    const isLate = this.#count % lateOneIn === 3
    const syncedAt =
      nextSync(changedAt) + (this.#count % 600) * 1_013 + (isLate ? (2 + (this.#count % 4)) * 24 * hour : 0)
    const line = this.#line(row, syncedAt)
    this.#file.write(line)
    if (this.#count % repeatedOneIn === 5) this.#file.write(line)
    if (this.#count % resentOneIn === 8) this.#file.write(this.#line(row, syncedAt + 12 * hour))
  }

  finish(): void {
    this.#file.finish()
  }

  #line(row: TableRow<Column>, syncedAt: number): string {
    const synced = this.#writeTime(syncedAt)
    return csvLine(this.#columns.map(name => (name === '_fivetran_synced' ? synced : String(row[name] ?? ''))))
  }
}

const lateOneIn = 29
const repeatedOneIn = 41
const resentOneIn = 53

function nextSync(instant: number): number {
  return instant - (instant % (6 * hour)) + 6 * hour
}
