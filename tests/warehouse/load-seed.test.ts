import { describe, expect, test } from 'vitest'
import { loadSeed } from '../../src/warehouse/duckdb/load-seed.ts'
import { toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const columns = { code: { kind: 'text' }, rate: { kind: 'number' }, since: { kind: 'date' } } as const
const into = { schema: 'raw', name: 'countries' }
const load = (content: string) => loadSeed(bench.session, bench.file('countries.csv', content), columns, into)
const told = (content: string) => toldOf(load(content), bench)

describe('A seed', () => {
  test('is a table with the columns of the contract, in its order and types; an empty field is NULL', async () => {
    await load('rate,code,since\r\n0.19,DE,2026-01-01\r\n,"""Ö"", \\😀",\r\n')
    expect(await bench.rows('select * from raw.countries')).toEqual([
      { code: 'DE', rate: '0.190000000', since: '2026-01-01' },
      { code: '"Ö", \\😀', rate: null, since: null },
    ])
    expect((await bench.session.describe('select * from raw.countries')).map(column => column.name)).toEqual([
      'code',
      'rate',
      'since',
    ])
  })

  test('may have no rows', async () => {
    await load('code,rate,since\n')
    expect(await bench.rows('select * from raw.countries')).toEqual([])
  })

  test('replaces what stood, and leaves nothing beside it', async () => {
    await load('code,rate,since\nDE,1,\n')
    await load('code,rate,since\nFR,2,\n')
    expect(await bench.rows('select code from raw.countries')).toEqual([{ code: 'FR' }])
    expect(await bench.rows('select table_name from duckdb_tables()')).toEqual([{ table_name: 'countries' }])
  })

  test('tells of a missing and an extra column at the header', async () => {
    expect(await told('code,rte,since,note\n')).toBe(
      [
        'countries.csv:1:1  the seed has no column "rate"; did you mean rte?',
        '  expected: exactly the columns of the contract: code, rate, since',
        `countries.csv:1:1  the seed's column "rte" is not in the contract; did you mean rate?`,
        '  expected: exactly the columns of the contract: code, rate, since',
        `countries.csv:1:1  the seed's column "note" is not in the contract`,
        '  expected: exactly the columns of the contract: code, rate, since',
      ].join('\n'),
    )
  })

  test('tells of a bad value at its line, and keeps what stood', async () => {
    await load('code,rate,since\nDE,1,\n')
    expect(await told('code,rate,since\n"D\nE",1,\nFR,"12,5",\n')).toBe(
      [
        'seed countries: 1 bad row in countries.csv',
        '  mend the rows of the seed, or the types of its columns',
        'countries.csv:4:1  row 2, column "rate": "12,5" is not a number',
        '  expected: a decimal number with a point and at most 29 digits before it, such as 12.50 or 1.25e3',
      ].join('\n'),
    )
    expect(await bench.rows('select code from raw.countries')).toEqual([{ code: 'DE' }])
  })

  test('tells of a broken row at its line', async () => {
    expect(await told('code,rate,since\nDE,1,\nFR,1\n')).toContain('countries.csv:3:1  2 fields where the header has 3')
  })

  test('that is not there says so', async () => {
    expect(await toldOf(loadSeed(bench.session, bench.path('gone.csv'), columns, into), bench)).toContain(
      'gone.csv is not there',
    )
  })
})
