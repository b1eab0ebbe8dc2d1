import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integer, list, record, text } from '../../src/authoring/column-words.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { sourceTable, useBench } from './raw-support.ts'

const bench = useBench()
const declared = {
  id: integer('I'),
  tags: list(text(), 'T'),
  at: record({ x: list(record({ n: integer(), s: text() })) }, 'A'),
}

const word = fc.string({ unit: 'binary', maxLength: 8 })
const whole = fc.oneof(fc.integer(), fc.integer().map(String))
const element = fc.option(
  fc.record({ n: fc.option(whole), s: fc.option(word), z: fc.constant([1]) }, { requiredKeys: [] }),
)
const good = fc.record(
  {
    id: fc.option(whole),
    tags: fc.option(fc.array(fc.option(word), { maxLength: 3 })),
    at: fc.option(fc.record({ x: fc.option(fc.array(element, { maxLength: 3 })) }, { requiredKeys: [] })),
    other: fc.json(),
  },
  { requiredKeys: [] },
)
/** In place of a value something that its type does not take. */
const bad = fc.oneof(
  fc.record({ id: fc.constantFrom('x', 1.5, true, [], {}) }),
  fc.record({ tags: fc.constantFrom('x', 1, false, {}, { '0': 'a' }) }),
  fc.record({ at: fc.constantFrom('x', 1, [], [{ x: [] }]) }),
  fc.record({ at: fc.record({ x: fc.constantFrom('x', {}, 0) }) }),
  fc.record({
    at: fc.record({ x: fc.tuple(element, fc.constantFrom<unknown>('x', 1, [], { n: 'n' }, { n: [1] }, { n: 0.5 })) }),
  }),
)
const line = fc.oneof(
  { weight: 6, arbitrary: good.map(object => ({ kind: 'good' as const, object, written: JSON.stringify(object) })) },
  { weight: 2, arbitrary: bad.map(object => ({ kind: 'bad' as const, written: JSON.stringify(object) })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('{', '}', '[1]', '1', '"x"', 'null', '{"id":1}}', '{"id":1} {"id":2}', '{"id":1', '{a:1}', '\0')
      .map(written => ({ kind: 'bad' as const, written })),
  },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\t', '  ').map(written => ({ kind: 'blank' as const, written })) },
)

type Written = Readonly<Record<string, unknown>> | null | undefined

/** What lands: what is declared, whole numbers as numbers, the rest NULL. */
function expectedRow(object: Written) {
  const at = object?.at as Written
  const elements = at?.x as readonly Written[] | null | undefined
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value))
  const x = elements?.map(one => (one === null ? null : { n: number(one?.n), s: one?.s ?? null }))
  return { id: number(object?.id), tags: object?.tags ?? null, at: at ? { x: x ?? null } : null }
}

test('Every line of JSON lands as it was written or is told by its line, whatever stands in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        lines: fc.array(line, { maxLength: 12 }),
        end: fc.constantFrom('\n', '\r\n'),
        isEnded: fc.boolean(),
      }),
      async ({ lines, end, isEnded }) => {
        // A file that begins with a list is refused as a whole.
        fc.pre(lines.find(({ kind }) => kind !== 'blank')?.written[0] !== '[')
        const content = lines.map(({ written }) => written).join(end) + (isEnded ? end : '')
        // DuckDB passes over a file of one single byte, and the landing says that a row is missing.
        fc.pre(content.length !== 1)
        const file = bench.file('a.jsonl', content)
        const landed = await landSource(bench.session, sourceTable(declared, { file }, 'quarantine'))
        const numbered = lines
          .map((one, index) => ({ ...one, number: index + 1 }))
          .filter(({ kind }) => kind !== 'blank')
        const wrong = numbered.filter(({ kind }) => kind === 'bad')
        expect(landed).toEqual({ rowCount: numbered.length - wrong.length, quarantinedCount: wrong.length })
        const rows = await bench.rows('select * exclude (tl_row_id) from raw.shop__events order by tl_row_number')
        const right = numbered.flatMap((one, index) =>
          one.kind === 'good' ? [{ ...expectedRow(one.object), tl_row_number: index + 1 }] : [],
        )
        expect(rows).toEqual(right)
        const told = await bench.rows('select line_number from raw.shop__events__quarantine order by 1')
        expect(told.map(row => row.line_number)).toEqual(wrong.map(({ number }) => number))
      },
    ),
    { numRuns: 60 },
  )
})
