import type { StripTypes } from './strip-types.ts'

interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/** Where in a file an error was thrown, by its stack; undefined where the stack does not pass through the file. */
export function thrownAt(file: string, text: string, stack: string, strip: StripTypes): LineAndColumn | undefined {
  const frame = stack.split('\n').find(line => line.includes(`${file}:`))
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame?.trim() ?? '') ?? []
  if (line === undefined) return undefined
  const lineOf = (code: string) => code.split(/\r?\n/)[Number(line) - 1] ?? ''
  return { line: Number(line), column: columnBefore(lineOf(text), lineOf(strip(file, text)), Number(column)) }
}

/**
 * The stack counts columns in the stripped text, where imported names stand as `_module.name` and calls of them as `_module.name.call(void 0, …)`.
 * Where that cannot be undone, the column is that of the line's first character.
 */
function columnBefore(written: string, stripped: string, column: number): number {
  const before = stripped
    .slice(0, column - 1)
    .replace(/^ const (\w+) = (?:exports\.\1 = )?/, 'export const $1 = ')
    .replaceAll(/\b_\w+\.(\w+)\.call\(void 0, /g, '$1(')
    .replace(/\b_\w+\.\w+\.$/, '')
    .replaceAll(/\b_\w+\.(\w+)/g, '$1')
  return written.startsWith(before) ? before.length + 1 : written.length - written.trimStart().length + 1
}
