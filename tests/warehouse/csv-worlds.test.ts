import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integer, text } from '../../src/authoring/column-words.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { sourceTable, useBench } from './raw-support.ts'

const bench = useBench()

const mostly = <T>(good: fc.Arbitrary<T>, broken: fc.Arbitrary<string>) =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('good' as const), words: good }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('broken' as const), line: broken }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'broken' as const, line: '' }) },
    ),
    { maxLength: 30 },
  )
const oddWord = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', ' ', ',', ';', '"', '\\', "'", '\n', '\r\n', '-', '#'),
  maxLength: 12,
})
const plainWord = fc.string({ unit: fc.constantFrom('a', 'é', '😀', "'", '-'), minLength: 1, maxLength: 6 })
const layout = { lineBreak: fc.constantFrom('\n', '\r\n'), hasMark: fc.boolean(), endsInBreak: fc.boolean() }

interface World {
  readonly entries: readonly (
    | { readonly kind: 'good'; readonly words: readonly string[] }
    | { readonly kind: 'broken'; readonly line: string }
  )[]
  readonly lineBreak: string
  readonly hasMark: boolean
  readonly endsInBreak: boolean
}

/** Lands a world whose words are written as `write` says; its good rows must land, its broken lines be told, its blank ones be passed over. */
async function landsAsWritten(
  { entries, lineBreak, hasMark, endsInBreak }: World,
  write: (word: string) => string,
): Promise<void> {
  const lines = ['id,first,second']
  const landed: unknown[] = []
  const told: unknown[] = []
  let line = 2
  for (const entry of entries) {
    if (entry.kind === 'good') {
      const [first = '', second = ''] = entry.words
      lines.push(`${landed.length + 1},${write(first)},${write(second)}`)
      landed.push([landed.length + 1, first || null, second || null])
      line += `${first}${second}`.split('\n').length
    } else {
      lines.push(entry.line)
      if (entry.line !== '') told.push([line, entry.line])
      line += 1
    }
  }
  const content = (hasMark ? '\ufeff' : '') + lines.join(lineBreak) + (endsInBreak ? lineBreak : '')
  const columns = { id: integer(''), first: text(''), second: text('') }
  const file = bench.file('world.csv', content)
  const counts = await landSource(bench.session, sourceTable(columns, { file }, 'quarantine'))
  expect(counts).toEqual({ rowCount: landed.length, quarantinedCount: told.length })
  const rows = await bench.rows('select id, first, second from raw.shop__events order by tl_row_number')
  expect(rows.map(row => [row.id, row.first, row.second])).toEqual(landed)
  const bad = await bench.rows('select line_number, raw_line from raw.shop__events__quarantine order by line_number')
  expect(bad.map(row => [row.line_number, row.raw_line])).toEqual(told)
}

test('Every good row of a CSV file lands as it was written, and every broken one is told by its line, whatever stands in the values', async () => {
  const broken = fc.constantFrom('7', '7,a', '7,a,b,c', '7,"a"b,c', '7,"a","b"c', 'seven,a,b')
  await fc.assert(
    fc.asyncProperty(fc.record({ entries: mostly(fc.tuple(oddWord, oddWord), broken), ...layout }), world =>
      landsAsWritten(world, word => `"${word.replaceAll('"', '""')}"`),
    ),
    { numRuns: 100 },
  )
})

test('Double quotes that are never closed cost no row but their own', async () => {
  const broken = fc.constantFrom('7,"open,b', '7,b,"open', '"7', '7,a')
  await fc.assert(
    fc.asyncProperty(fc.record({ entries: mostly(fc.tuple(plainWord, plainWord), broken), ...layout }), world =>
      landsAsWritten(world, word => word),
    ),
    { numRuns: 100 },
  )
})
