import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const engineFolder = dirname(dirname(fileURLToPath(import.meta.url)))
const frame = /\(?(?:file:\/\/)?(\/[^()]+?|[A-Za-z]:[^()]+?):(\d+):\d+\)?$/

/** A line of a file, from 1. */
export interface CallSite {
  readonly file: string
  readonly line: number
}

/** The file whose code called into the engine: the first stack frame outside it; undefined where there is none. */
export function callingFile(): string | undefined {
  return callSite()?.file
}

/** The same with its line. Its columns are those of the text without types, and no author's. */
export function callSite(): CallSite | undefined {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 16
  const { stack = '' } = new Error()
  Error.stackTraceLimit = limit
  for (const text of stack.split('\n').slice(1)) {
    const [, file, line] = frame.exec(text.trim()) ?? []
    if (file === undefined || file.startsWith('node:')) continue
    if (!file.startsWith(engineFolder)) return { file, line: Number(line) }
  }
  return undefined
}
