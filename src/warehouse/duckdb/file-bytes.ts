import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { ProblemsError } from '../../problems/problem.ts'

const chunkSize = 1 << 18

/** A file's bytes, unpacked where its name ends in .gz. Throws `ProblemsError` where they cannot be read. */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: chunkSize })
  const unpacked = /\.gz$/i.test(file) ? createGunzip({ chunkSize }) : undefined
  if (unpacked) raw.on('error', error => unpacked.destroy(error)).pipe(unpacked)
  try {
    yield* (unpacked ?? raw) as AsyncIterable<Buffer>
  } catch (error) {
    throw unreadable(file, `it cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    raw.destroy()
  }
}

/** That a file is not what it should be, told at its beginning. */
export function unreadable(file: string, why: string, expected?: string, hint?: string): ProblemsError {
  return new ProblemsError([{ kind: 'data', message: why, place: { file, line: 1, column: 1 }, expected, hint }])
}
