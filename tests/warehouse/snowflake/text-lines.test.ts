import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../src/warehouse/snowflake/text-lines.ts'

async function linesIn(...pieces: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of linesOf(Readable.from(pieces))) lines.push(line)
  return lines
}

describe('The lines of a text', () => {
  it('end at \\n alone, not at other ends of lines that JSON may hold', async () => {
    const line = '{"c0":"a\u2028b\u2029c\u0085d\u000be"}'
    expect(await linesIn(`${line}\n${line}\n`)).toEqual([line, line])
  })

  it('are whole where they come in several pieces, and where an end comes alone', async () => {
    expect(await linesIn('a', 'b', 'c\nd', '\n', 'e\n\nf')).toEqual(['abc', 'd', 'e', '', 'f'])
  })

  it('are none of a text that is empty', async () => {
    expect(await linesIn()).toEqual([])
    expect(await linesIn('', '')).toEqual([])
  })

  it('come before the rest has been read', async () => {
    async function* endless() {
      for (;;) yield 'a\nb'
    }
    const seen: string[] = []
    for await (const line of linesOf(endless())) if (seen.push(line) === 3) break
    expect(seen).toEqual(['a', 'ba', 'ba'])
  })
})
