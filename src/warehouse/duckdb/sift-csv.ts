import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { ProblemsError } from '../../problems/problem.ts'
import { type CsvRecord, type CsvShape, type Fault, visitRecords } from './csv-records.ts'

/** CSV files that have the same header, in the order in which they are read. */
export interface CsvFiles extends CsvShape {
  readonly files: readonly string[]
  readonly names: readonly string[]
}

/** CSV files of which every record can be read. */
export interface SiftedCsv {
  /** The files themselves, or copies of them without the records that are at fault. */
  readonly files: readonly string[]
  readonly rowCount: number
  /** A CSV file of the records at fault, with the columns of `faultColumns`; undefined where there are none. */
  readonly faults: string | undefined
  /** Deletes the copies. */
  discard(): Promise<void>
}

export const faultColumns = ['file', 'line_number', 'column_name', 'reason', 'raw_line'] as const

/** Where a row stands: its file, the line on which it begins, and its number among the file's data rows, those at fault counted too. */
export interface Located {
  readonly file: string
  readonly line: number
  readonly row: number
  /** The beginning of the line, where DuckDB does not have it. */
  readonly text?: string
}

/** Takes out the records that cannot be read. Files that are right as they are are read once more, and not copied. */
export async function siftCsv(csv: CsvFiles): Promise<SiftedCsv> {
  const found = []
  for (const file of csv.files) found.push({ file, ...(await survey(file, csv)) })
  const rowCount = found.reduce((sum, { rowCount }) => sum + rowCount, 0)
  if (found.every(({ isRight }) => isRight))
    return { files: csv.files, rowCount, faults: undefined, discard: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'throughline-csv-'))
  const discard = () => rm(folder, { recursive: true, force: true })
  try {
    const faults = writer(join(folder, 'faults.csv'))
    faults.write(`${faultColumns.join(',')}\n`)
    const files: string[] = []
    for (const [index, { file, isRight }] of found.entries()) {
      const copy = join(folder, `${index}.csv`)
      if (!isRight) await copyReadable(file, csv, copy, faults)
      files.push(isRight ? file : copy)
    }
    await faults.close()
    return {
      files,
      rowCount,
      faults: found.some(({ faultCount }) => faultCount > 0) ? faults.path : undefined,
      discard,
    }
  } catch (error) {
    await discard()
    if (error instanceof ProblemsError) throw error
    const message = `cannot copy the readable rows of ${csv.files.join(', ')} to ${folder}: ${error instanceof Error ? error.message : String(error)}`
    const hint = 'make room there, name another folder for temporary files in TMPDIR, or mend the rows'
    throw new ProblemsError([{ kind: 'warehouse', message, hint }], { cause: error })
  }
}

/** Where rows stand, by their number from 1 among the readable rows of all the files. */
export async function locateRows(csv: CsvFiles, rowNumbers: readonly number[]): Promise<ReadonlyMap<number, Located>> {
  const wanted = new Set(rowNumbers)
  const located = new Map<number, Located>()
  let readable = 0
  for (const file of csv.files) {
    if (located.size === wanted.size) break
    let row = 0
    await visitRecords(file, csv, record => {
      if (record.role !== 'row') return
      row++
      if (!record.fault && wanted.has(++readable)) located.set(readable, { file, line: record.line, row })
    })
  }
  return located
}

async function survey(file: string, csv: CsvFiles) {
  const lineBreaks = new Set<CsvRecord['lineBreak']>()
  let rowCount = 0
  let faultCount = 0
  await visitRecords(file, csv, ({ role, fault, lineBreak }) => {
    if (lineBreak !== 'none') lineBreaks.add(lineBreak)
    if (role === 'row' && !fault) rowCount++
    if (fault) faultCount++
  })
  // DuckDB refuses a file whose lines end in different ways.
  return { rowCount, faultCount, isRight: faultCount === 0 && lineBreaks.size <= 1 }
}

async function copyReadable(file: string, csv: CsvFiles, copy: string, faults: Writer): Promise<void> {
  const readable = writer(copy)
  await visitRecords(
    file,
    csv,
    record => {
      if (record.fault) faults.write(faultLine(file, csv, record, record.fault))
      else if (record.role !== 'blank') {
        readable.write(record.bytes.subarray(record.start, record.end))
        readable.write(lineFeed)
      }
    },
    async () => {
      await readable.drained()
      await faults.drained()
    },
  )
  await readable.close()
}

const lineFeed = Buffer.from('\n')
const longestShown = 10_000

function faultLine(file: string, csv: CsvFiles, record: CsvRecord, fault: Fault): string {
  const raw = record.bytes.subarray(record.start, Math.min(record.end, record.start + longestShown)).toString('utf8')
  const column = fault.kind === 'quotes' ? (csv.names[fault.fieldIndex] ?? '') : ''
  const fields = [file, String(record.line), column, reasonOf(fault, csv.columnCount), raw.replaceAll('\0', '\ufffd')]
  return `${fields.map(field => `"${field.replaceAll('"', '""')}"`).join(',')}\n`
}

function reasonOf({ kind, fieldIndex }: Fault, columnCount: number): string {
  switch (kind) {
    case 'field count':
      return `${fieldIndex + 1} ${fieldIndex === 0 ? 'field' : 'fields'} where the header has ${columnCount}`
    case 'quotes':
      return 'a double quote that is never closed, or text after the closing one'
    case 'encoding':
      return 'bytes that are not UTF-8'
    case 'length':
      return 'more than two million bytes in one record'
  }
}

interface Writer {
  readonly path: string
  write(part: string | Uint8Array): void
  drained(): Promise<void>
  close(): Promise<void>
}

/** A file that is written as fast as the disk takes it; parts gather until `drained`. */
function writer(path: string): Writer {
  const stream = createWriteStream(path)
  let parts: Uint8Array[] = []
  let failure: unknown
  stream.on('error', error => {
    failure = error
  })
  const drained = async () => {
    if (failure) throw failure
    const isFull = !stream.write(Buffer.concat(parts))
    parts = []
    if (isFull) await once(stream, 'drain')
  }
  return {
    path,
    write: part => {
      parts.push(typeof part === 'string' ? Buffer.from(part) : part)
    },
    drained,
    close: async () => {
      await drained()
      stream.end()
      await finished(stream)
    },
  }
}
