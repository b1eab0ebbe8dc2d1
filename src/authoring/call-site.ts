import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const engineFolder = dirname(dirname(fileURLToPath(import.meta.url)))
const frame = /\(?(?:file:\/\/)?(\/[^()]+?|[A-Za-z]:[^()]+?):(\d+):\d+\)?$/

/** The file whose code called into the engine: the first stack frame outside it; undefined where there is none. */
export function callingFile(): string | undefined {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 16
  const { stack = '' } = new Error()
  Error.stackTraceLimit = limit
  for (const line of stack.split('\n').slice(1)) {
    const file = frame.exec(line.trim())?.[1]
    if (file === undefined || file.startsWith('node:')) continue
    if (!file.startsWith(engineFolder)) return file
  }
  return undefined
}
