import type { ProblemsError } from '../../problems/problem.ts'
import { bytesOf, unreadable } from './file-bytes.ts'

/** How a CSV file is laid out: what stands between its fields, and the names in its header. */
export interface CsvHeader {
  readonly delimiter: string
  readonly names: readonly string[]
}

const delimiters = [',', ';', '\t', '|']
const longestHeader = 1 << 20

/** Reads a CSV file's header; of `,` `;` tab and `|` the delimiter is the one that yields most of the wanted names, then most names. */
export async function readCsvHeader(file: string, wanted: readonly string[]): Promise<CsvHeader> {
  const text = await headerText(file)
  const known = new Set(wanted)
  let best: CsvHeader | undefined
  let bestScore: readonly [number, number] = [-1, -1]
  for (const delimiter of delimiters) {
    const names = fieldsOf(text, delimiter)
    const score = [names.filter(name => known.has(name)).length, names.length] as const
    if (score[0] > bestScore[0] || (score[0] === bestScore[0] && score[1] > bestScore[1])) {
      best = { delimiter, names }
      bestScore = score
    }
  }
  return best!
}

async function headerText(file: string): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  let end = -1
  let isQuoted = false
  for await (const chunk of bytesOf(file)) {
    for (let i = 0; i < chunk.length && end < 0; i++) {
      if (chunk[i] === quote) isQuoted = !isQuoted
      else if (!isQuoted && (chunk[i] === lineFeed || chunk[i] === carriageReturn)) end = size + i
    }
    chunks.push(chunk)
    size += chunk.length
    if (end >= 0 || size > longestHeader) break
  }
  if (end < 0 && size > longestHeader) throw cannotRead(file, 'its first line does not end within a megabyte')
  const bytes = Buffer.concat(chunks).subarray(0, end < 0 ? size : end)
  if (bytes[0] === 0xff || bytes[0] === 0xfe) throw cannotRead(file, 'its header is not UTF-8 (it looks like UTF-16)')
  const text = decode(file, bytes)
  if (text === '' && end < 0) throw cannotRead(file, 'it is empty: not even a header line stands in it')
  return text
}

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw cannotRead(file, 'its header is not UTF-8')
  }
}

function cannotRead(file: string, why: string): ProblemsError {
  return unreadable(file, why, 'a CSV file in UTF-8 whose first line names the columns')
}

function fieldsOf(line: string, delimiter: string): string[] {
  const fields: string[] = []
  let field = ''
  let isQuoted = false
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    if (isQuoted && char === '"' && line[i + 1] === '"') {
      field += '"'
      i++
    } else if (isQuoted ? char === '"' : char === '"' && field === '') isQuoted = !isQuoted
    else if (!isQuoted && char === delimiter) {
      fields.push(field)
      field = ''
    } else field += char
  }
  return [...fields, field]
}
