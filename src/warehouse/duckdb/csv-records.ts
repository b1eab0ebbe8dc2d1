import { isUtf8 } from 'node:buffer'
import { bytesOf } from './file-bytes.ts'

/** How the records of a CSV file are told apart. */
export interface CsvShape {
  readonly delimiter: string
  readonly columnCount: number
}

/** Why a record cannot be read; the number, from 0, of the field in which it goes wrong, where it is one. */
export interface Fault {
  readonly kind: 'field count' | 'quotes' | 'encoding' | 'length'
  readonly fieldIndex: number
}

/** A record: the bytes between `start` and `end`, its line break left out. */
export interface CsvRecord {
  readonly role: 'header' | 'row' | 'blank'
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
  /** On which it begins, from 1. */
  readonly line: number
  readonly lineBreak: 'LF' | 'CR LF' | 'CR' | 'none'
  readonly fault: Fault | undefined
}

/** DuckDB's own bound of a record's length. */
const longestRecord = 2_000_000

/**
 * Visits every record of a CSV file in order; `afterChunk` is awaited now and then.
 *
 * DuckDB is not asked, because after a double quote that is never closed it passes over the rows behind it, in parts without a word. Here a
 * broken record ends with its first line, and the next one begins on the line after it, so that one broken row costs no other. Quotes are those of
 * RFC 4180; blanks around a quoted field are let pass, and quotes within an unquoted one are characters like others, as DuckDB has it.
 */
export async function visitRecords(
  file: string,
  shape: CsvShape,
  visit: (record: CsvRecord) => void,
  afterChunk: () => Promise<void> = async () => undefined,
): Promise<void> {
  let bytes: Buffer = Buffer.alloc(0)
  let isHeader = true
  let line = 1
  const consume = (isWhole: boolean): void => {
    const isText = isUtf8(isWhole ? bytes : bytes.subarray(0, bytes.lastIndexOf(lineFeed) + 1))
    let start = 0
    while (start < bytes.length) {
      const scanned = scanRecord(bytes, start, shape, isWhole)
      if (!scanned) break
      const { end, next } = scanned
      const role = isHeader ? 'header' : end === start && shape.columnCount > 1 ? 'blank' : 'row'
      const fault = role === 'row' ? faultOf(scanned, shape, isText || isUtf8(bytes.subarray(start, end))) : undefined
      visit({ role, bytes, start, end, line, lineBreak: lineBreakOf(bytes, end, next), fault })
      isHeader = false
      line += scanned.lineCount
      start = next
    }
    bytes = bytes.subarray(start)
  }
  for await (const chunk of bytesOf(file)) {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
    consume(false)
    await afterChunk()
  }
  consume(true)
  await afterChunk()
}

function lineBreakOf(bytes: Buffer, end: number, next: number): CsvRecord['lineBreak'] {
  if (end === next) return 'none'
  if (next - end === 2) return 'CR LF'
  return bytes[end] === lineFeed ? 'LF' : 'CR'
}

function faultOf(record: ScannedRecord, { columnCount }: CsvShape, isText: boolean): Fault | undefined {
  if (record.fault) return { kind: record.fault, fieldIndex: record.fieldCount - 1 }
  if (record.fieldCount !== columnCount) return { kind: 'field count', fieldIndex: record.fieldCount - 1 }
  return isText ? undefined : { kind: 'encoding', fieldIndex: 0 }
}

interface ScannedRecord {
  readonly end: number
  readonly next: number
  readonly fieldCount: number
  readonly lineCount: number
  readonly fault: 'quotes' | 'length' | undefined
}

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d
const blank = 0x20

/** The record at `start`, or undefined where more bytes are needed to tell. */
function scanRecord(bytes: Buffer, start: number, shape: CsvShape, isWhole: boolean): ScannedRecord | undefined {
  const delimiter = shape.delimiter.charCodeAt(0)
  const limit = Math.min(bytes.length, start + longestRecord)
  let fieldCount = 1
  let lineCount = 0
  let isFieldStart = true
  for (let i = start; i < limit; i++) {
    const byte = bytes[i]!
    if (byte === delimiter) {
      fieldCount++
      isFieldStart = true
    } else if (byte === lineFeed || byte === carriageReturn) {
      const next = afterBreak(bytes, i, isWhole)
      if (next === undefined) return undefined
      const isBroken = lineCount > 0 && fieldCount !== shape.columnCount
      if (isBroken) return firstLine(bytes, start, fieldCount, undefined, isWhole)
      return { end: i, next, fieldCount, lineCount: lineCount + 1, fault: undefined }
    } else if (byte === quote && isFieldStart) {
      const close = closingQuote(bytes, i + 1, limit)
      if (close === 'open')
        return isWhole || limit < bytes.length ? firstLine(bytes, start, fieldCount, 'quotes', isWhole) : undefined
      let after = close + 1
      while (after < limit && bytes[after] === blank) after++
      if (after < limit && bytes[after] !== delimiter && bytes[after] !== lineFeed && bytes[after] !== carriageReturn) {
        return firstLine(bytes, start, fieldCount, 'quotes', isWhole)
      }
      lineCount += breaksIn(bytes, i, close)
      i = after - 1
      isFieldStart = false
    } else if (byte !== blank) isFieldStart = false
  }
  if (limit < bytes.length) return firstLine(bytes, start, fieldCount, 'length', isWhole)
  if (!isWhole) return undefined
  if (lineCount > 0 && fieldCount !== shape.columnCount) return firstLine(bytes, start, fieldCount, undefined, isWhole)
  return { end: limit, next: limit, fieldCount, lineCount, fault: undefined }
}

/** Where the quote that closes a field stands; a pair of quotes within it is one character. */
function closingQuote(bytes: Buffer, from: number, limit: number): number | 'open' {
  for (let at = bytes.indexOf(quote, from); at >= 0 && at < limit; at = bytes.indexOf(quote, at + 2)) {
    if (at + 1 >= bytes.length || bytes[at + 1] !== quote) return at
  }
  return 'open'
}

/** The line at `start` as a record of its own. */
function firstLine(
  bytes: Buffer,
  start: number,
  fieldCount: number,
  fault: 'quotes' | 'length' | undefined,
  isWhole: boolean,
): ScannedRecord | undefined {
  for (let i = start; i < bytes.length; i++) {
    if (bytes[i] !== lineFeed && bytes[i] !== carriageReturn) continue
    const next = afterBreak(bytes, i, isWhole)
    return next === undefined ? undefined : { end: i, next, fieldCount, lineCount: 1, fault }
  }
  return isWhole ? { end: bytes.length, next: bytes.length, fieldCount, lineCount: 0, fault } : undefined
}

function afterBreak(bytes: Buffer, at: number, isWhole: boolean): number | undefined {
  if (bytes[at] === lineFeed) return at + 1
  if (at + 1 === bytes.length) return isWhole ? at + 1 : undefined
  return bytes[at + 1] === lineFeed ? at + 2 : at + 1
}

function breaksIn(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) {
    if (bytes[i] === lineFeed || (bytes[i] === carriageReturn && bytes[i + 1] !== lineFeed)) count++
  }
  return count
}
