import { once } from 'node:events'
import { createWriteStream, renameSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { compactDate, dayCount, dayOf } from '../lib/calendar.ts'

interface DayFile {
  readonly path: string
  readonly gzip: Gzip
  readonly done: Promise<void>
  waiting: string
  /** What came in after the day was over: at the end of its file. */
  late: string
}

/**
 * The export of Google Analytics, as `bq extract` writes it: a file a day of the property's zone, newline-delimited JSON,
 * compressed, all in ASCII. Two days are open at most: today, and tomorrow for whoever is still there at midnight.
 */
export class Ga4Files {
  rowCount = 0
  readonly #folder: string
  #closing: Promise<void> = Promise.resolve()
  readonly #open = new Map<number, DayFile>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Adds a row of an instant in microseconds. */
  add(at: number, row: string, isLate: boolean): void {
    this.rowCount += 1
    const file = this.#fileOf(dayOf(at / 1000))
    if (isLate) {
      file.late += row
      return
    }
    file.waiting += row
    if (file.waiting.length >= chunk) flush(file)
  }

  /** Whether so much waits to be compressed that it is time to wait for it. */
  get isBehind(): boolean {
    for (const { gzip } of this.#open.values()) if (gzip.writableLength > mostWaiting) return true
    return false
  }

  async keptUp(): Promise<void> {
    for (const { gzip } of this.#open.values()) if (gzip.writableNeedDrain) await once(gzip, 'drain')
  }

  /** No row of this day comes any more; it may take until the end of the next one to be compressed. */
  async finishDay(number: number): Promise<void> {
    const file = this.#fileOf(number)
    this.#open.delete(number)
    file.waiting += file.late
    flush(file)
    file.gzip.end()
    await this.#closing
    this.#closing = file.done.then(() => renameSync(`${file.path}.partial`, file.path))
  }

  async finish(): Promise<void> {
    await this.#closing
  }

  #fileOf(number: number): DayFile {
    const found = this.#open.get(number)
    if (found) return found
    if (number < 0 || number >= dayCount) throw new RangeError(`day ${number} is outside the sample`)
    const path = join(this.#folder, `events_${compactDate(number)}.json.gz`)
    const gzip = createGzip({ level: 1, chunkSize: 256 * 1024 })
    const done = finished(gzip.pipe(createWriteStream(`${path}.partial`)))
    const file = { path, gzip, done, waiting: '', late: '' }
    this.#open.set(number, file)
    return file
  }
}

const chunk = 256 * 1024
const mostWaiting = 8 * 1024 * 1024

function flush(file: DayFile): void {
  file.gzip.write(Buffer.from(file.waiting, 'latin1'))
  file.waiting = ''
}
