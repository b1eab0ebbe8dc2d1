import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = fileURLToPath(new URL('fixtures', import.meta.url))

interface Diagnostic {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: string
  readonly message: string
}

/** What the compiler says of all the fixtures, in one process. */
function compile(): readonly Diagnostic[] {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', folder, '--noEmit', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout
    .split(/\n(?=\S)/)
    .filter(text => text.trim() !== '')
    .map(text => {
      const [, file, line, column, code, message] = /^(.+)\((\d+),(\d+)\): error (TS\d+): ([\s\S]*)$/.exec(text) ?? []
      if (file === undefined) throw new Error(`not a diagnostic: ${text}`)
      return { file, line: Number(line), column: Number(column), code: code!, message: message!.trim() }
    })
}

/** What a fixture expects: above a line, the code, the word at which the error stands, and words of the message. */
function expected(file: string): readonly Diagnostic[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n')
  return lines.flatMap((text, index) => {
    const [marker, code, word, message] = /^\s*\/\/ (TS\d+) at (\S+): (.*)$/.exec(text) ?? []
    if (marker === undefined) return []
    const column = lines[index + 1]!.search(new RegExp(`(?<!\\w)${escaped(word!)}(?!\\w)`)) + 1
    return [{ file, line: index + 2, column, code: code!, message: message! }]
  })
}

const escaped = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const told = compile()
const fixtures = readdirSync(folder).filter(file => file.endsWith('.ts'))

const at = ({ line, column, code }: Diagnostic) => `${line}:${column} ${code}`

describe('The compiler', () => {
  test('accepts everything that is right', () => {
    expect(expected('right.ts')).toEqual([])
    expect(told.filter(({ file }) => file === 'right.ts')).toEqual([])
  })

  test('finds faults in the fixtures alone', () => {
    expect(told.filter(({ file }) => !fixtures.includes(file))).toEqual([])
    expect(told.length).toBeGreaterThan(20)
  })

  for (const file of fixtures.filter(name => name !== 'right.ts')) {
    test(`finds what is wrong on the wrong word: ${file}`, () => {
      const found = told.filter(diagnostic => diagnostic.file === file)
      expect(found.map(at)).toEqual(expected(file).map(at))
      for (const [index, { message }] of expected(file).entries()) expect(found[index]!.message).toContain(message)
    })
  }
})
