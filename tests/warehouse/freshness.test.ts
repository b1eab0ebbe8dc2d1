import { describe, expect, test } from 'vitest'
import type { Columns } from '../../src/authoring/column.ts'
import { date, integer, timestamp } from '../../src/authoring/column-words.ts'
import type { TimeColumn } from '../../src/authoring/source.ts'
import { sourceFreshness } from '../../src/warehouse/duckdb/source-freshness.ts'
import { sourceTable, toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const asOf = '2026-06-02 12:00:00'
const columns = { id: integer('I'), synced: timestamp('S').nullable().mayBeMissing() }
const freshness = (
  where: { file: string } | { table: string },
  loadedAt: string | undefined = 'synced',
  declared = columns,
) => sourceFreshness(bench.session, { ...sourceTable(declared, where), loadedAt }, asOf)

describe('The freshness of a raw table', () => {
  test('is the latest time at which a row came in, in UTC, and the number of rows', async () => {
    const csv = bench.file('a.csv', 'id,synced\n1,2026-06-01 12:00:00.5\nx,2026-06-01 23:00:00-02:00\n3,never\n4,\n')
    expect(await freshness({ file: csv })).toEqual({ rowCount: 4, latestAt: '2026-06-02 01:00:00' })
    const json = bench.file('a.jsonl', '{"synced":"2026-06-01T12:00:00.123456Z"}\n{"id":"x"}\n')
    expect(await freshness({ file: json })).toEqual({ rowCount: 2, latestAt: '2026-06-01 12:00:00.123456' })
    const parquet = bench.path('a.parquet')
    await bench.session.execute(`copy (select timestamptz '2026-06-01 12:00:00+02:00' as synced) to '${parquet}'`)
    expect(await freshness({ file: parquet })).toEqual({ rowCount: 1, latestAt: '2026-06-01 10:00:00' })
    await bench.session.execute(`create schema raw; create table raw.a as select date '2026-06-01' as synced`)
    expect(await freshness({ table: 'raw.a' })).toEqual({ rowCount: 1, latestAt: '2026-06-01 00:00:00' })
    const ofDates = { ...columns, synced: date('S').nullable().mayBeMissing() }
    expect(await freshness({ table: 'raw.a' }, 'synced', ofDates as unknown as typeof columns)).toEqual({
      rowCount: 1,
      latestAt: '2026-06-01 00:00:00',
    })
  })

  test('has no time where there are no rows, no such column, or none is named', async () => {
    const empty = bench.file('a.csv', 'id,synced\n')
    expect(await freshness({ file: empty })).toEqual({ rowCount: 0, latestAt: undefined })
    const without = bench.file('b.csv', 'id\n1\n')
    expect(await freshness({ file: without })).toEqual({ rowCount: 1, latestAt: undefined })
    const table = { ...sourceTable(columns, { file: bench.file('c.jsonl', '{}\n{}\n') }) }
    expect(await sourceFreshness(bench.session, table, asOf)).toEqual({ rowCount: 2, latestAt: undefined })
    const none = { ...table, location: { notLoaded: true, badRows: 'fail' }, loadedAt: 'synced' } as const
    expect(await sourceFreshness(bench.session, none, asOf)).toEqual({ rowCount: 0, latestAt: undefined })
  })

  test('leaves nothing behind', async () => {
    await freshness({ file: bench.file('a.csv', 'id,synced\n1,2026-06-01\n') })
    expect(await bench.rows('select table_name from duckdb_tables()')).toEqual([])
  })

  test('of a table that cannot be read says why', async () => {
    expect(await toldOf(freshness({ file: bench.path('a.csv') }), bench)).toMatch(/^shop\.events: a\.csv is not there/)
  })
})

describe('The freshness of events, where no column says when a row came in', () => {
  const told = (declared: Columns, happenedAt: TimeColumn, csv: string) => {
    const where = { file: bench.file('events.csv', csv) }
    return sourceFreshness(bench.session, { ...sourceTable(declared, where), happenedAt }, asOf)
  }

  test.each([
    ['epoch_seconds', '1780315800', '2026-06-01 12:10:00.000000'],
    ['epoch_milliseconds', '1780315800500', '2026-06-01 12:10:00.500000'],
    ['epoch_microseconds', '1780315800123456', '2026-06-01 12:10:00.123456'],
  ] as const)('is the latest time in %s', async (unit, latest, instant) => {
    const csv = `at\n5\n${latest}\n\n7\n`
    expect(await told({ at: integer('When').nullable() }, { column: 'at', unit }, csv)).toMatchObject({
      latestAt: instant,
    })
  })

  test('does not hang on events that a wrong clock puts into the time to come', async () => {
    const csv = 'at\n1780315800\n1780401600\n1780401601\n4102444800\n'
    expect(await told({ at: integer('When') }, { column: 'at', unit: 'epoch_seconds' }, csv)).toEqual({
      rowCount: 4,
      latestAt: '2026-06-02 12:00:00.000000',
    })
    const instants = 'at\n2026-06-02 11:00:00\n2026-06-02 12:00:00.5\n'
    expect(await told({ at: timestamp('When') }, { column: 'at' }, instants)).toEqual({
      rowCount: 2,
      latestAt: '2026-06-02 11:00:00',
    })
    const all = 'at\n4102444800\n'
    expect(await told({ at: integer('When') }, { column: 'at', unit: 'epoch_seconds' }, all)).toEqual({
      rowCount: 1,
      latestAt: undefined,
    })
  })
})
