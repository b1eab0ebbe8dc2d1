import { describe, expect, test } from 'vitest'
import { clickstream } from '../../sources/clickstream.ts'
import { localTimestamp } from '../../src/authoring/column-words.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { sourceTable, toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const at = { at: localTimestamp('When, by the clock in the shop').nullable() }

describe('A local time', () => {
  test('is read as the clock showed it', async () => {
    const file = bench.file('a.csv', 'at\n2026-03-30 10:00:00\n2026-03-30T10:00:00.5\n2026-03-30\n')
    await landSource(bench.session, sourceTable(at, { file }))
    expect(await bench.rows('select "at" from raw.shop__events order by tl_row_number')).toEqual([
      { at: '2026-03-30 10:00:00' },
      { at: '2026-03-30 10:00:00.5' },
      { at: '2026-03-30 00:00:00' },
    ])
  })

  test.each(['2026-03-30T10:00:00Z', '2026-03-30 10:00:00+02:00', '2026-03-30 10:00:00 UTC'])(
    'that names a zone, as %s, is a bad row: it would be read in two',
    async value => {
      const file = bench.file('a.csv', `at\n2026-03-30 09:00:00\n${value}\n`)
      expect(await toldOf(landSource(bench.session, sourceTable(at, { file })), bench)).toContain(
        `row 2, column "at": "${value}" is not a local time`,
      )
    },
  )

  test('is no instant of a Parquet file', async () => {
    const file = bench.path('a.parquet')
    await bench.session.execute(`copy (select timestamptz '2026-06-01 12:00:00+02:00' as at) to '${file}'`)
    expect(await toldOf(landSource(bench.session, sourceTable(at, { file })), bench)).toContain('is not a local time')
  })

  test.each([
    ['UTC', undefined],
    ['Europe/Berlin', true],
  ])('is what the time of a clickstream in %s must be: %s', (timezone, isLocal) => {
    const settings = clickstream.settings.parse({
      file: 'a.csv',
      person: 'who',
      event: 'what',
      time: { column: 'at', timezone },
    })
    expect(clickstream.tables.events.columns(settings).at!.type).toEqual({
      kind: 'timestamp',
      ...(isLocal && { isLocal }),
    })
  })
})
