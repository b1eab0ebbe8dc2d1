import { describe, expect, test } from 'vitest'
import type { Columns } from '../../src/authoring/column.ts'
import {
  boolean,
  date,
  integer,
  json,
  list,
  number,
  real,
  record,
  text,
  timestamp,
} from '../../src/authoring/column-words.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { sourceTable, toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const columns = {
  params: list(record({ key: text(), value: record({ text_value: text(), int_value: integer() }) }), 'Parameters'),
  geo: record({ city: text(), at: timestamp() }, 'Where'),
}

const parquet = async (query: string) => {
  const file = bench.path('a.parquet')
  await bench.session.execute(`copy (${query}) to '${file}'`)
  return file
}
const land = (declared: Columns, file: string) =>
  landSource(bench.session, sourceTable(declared, { file }, 'quarantine'))
const told = (declared: Columns, file: string) =>
  toldOf(landSource(bench.session, sourceTable(declared, { file })), bench)
const landed = () =>
  bench.rows('select * exclude (tl_row_id, tl_row_number) from raw.shop__events order by tl_row_number')
const faults = () => bench.rows('select column_name, value from raw.shop__events__quarantine')

describe('Nested columns of a Parquet file', () => {
  test('have their fields by name: others are dropped, missing ones NULL', async () => {
    const file = await parquet(`
      select
        [{'value': {'other': 1.5, 'int_value': 7::integer}, 'extra': 1, 'key': 'a'}, null] as params,
        {'AT': timestamptz '2026-06-01 14:00:00+02:00', 'country': 'DE'} as geo
      union all select [], null`)
    expect(await land(columns, file)).toEqual({ rowCount: 2, quarantinedCount: 0 })
    expect(await landed()).toEqual([
      {
        params: [{ key: 'a', value: { text_value: null, int_value: 7 } }, null],
        geo: { city: null, at: '2026-06-01 12:00:00' },
      },
      { params: [], geo: null },
    ])
  })

  test('stand as they are where they have the declared types', async () => {
    const file = await parquet(`select [[1::bigint, null], [], null] as l, {'n': 1.5::decimal(38, 9), 'b': true} as r`)
    await land({ l: list(list(integer()), ''), r: record({ n: number(), b: boolean() }, '') }, file)
    expect(await landed()).toEqual([{ l: [[1, null], [], null], r: { n: '1.500000000', b: true } }])
  })

  test('have values within that are not of their types told with the place', async () => {
    const declared = { l: list(record({ d: date(), n: list(real()) }), 'L') }
    const file = await parquet(`
      select [{'d': '2026-06-01', 'n': [1.5::double]}] as l
      union all select [{'d': '2026-06-01', 'n': []}, {'d': 'June', 'n': null}]
      union all select [{'d': null, 'n': [0, 'nan'::double]}]`)
    expect(await land(declared, file)).toEqual({ rowCount: 1, quarantinedCount: 2 })
    expect(await faults()).toEqual([
      { column_name: 'l[].d', value: '[{"d":"2026-06-01","n":[]},{"d":"June","n":null}]' },
      { column_name: 'l[].n[]', value: '[{"d":null,"n":[0.0,NaN]}]' },
    ])
  })

  test('of another type are told before anything is read', async () => {
    const file = await parquet(
      `select [{'key': 1, 'value': {'int_value': date '2026-06-01'}}] as params, {'at': 1.5} as geo`,
    )
    expect(await told(columns, file)).toBe(
      [
        'shop.events: column "params[].value.int_value" of a.parquet has changed in type: it is date',
        '  expected: integer, stored as a whole-number type or text',
        '  mend the data, or the type declared for it',
        'shop.events: column "geo.at" of a.parquet has changed in type: it is decimal(2,1)',
        '  expected: timestamp, stored as a timestamp, a date or text',
        '  mend the data, or the type declared for it',
      ].join('\n'),
    )
  })

  test('may be of a table too', async () => {
    await bench.session.execute(
      `create schema raw; create table raw.a as select {'city': 'Köln', 'at': date '2026-06-01'} as geo`,
    )
    await landSource(bench.session, sourceTable({ geo: columns.geo }, { table: 'raw.a' }))
    expect(await landed()).toEqual([{ geo: { city: 'Köln', at: '2026-06-01 00:00:00' } }])
  })
})

describe('Nested columns that are JSON text', () => {
  test('are read as JSON lines are', async () => {
    const file = bench.file(
      'a.csv',
      `id,params\n1,"[{""key"":""a"",""value"":{""int_value"":""12""}}]"\n2,null\n3,\n4,"[ ]"\n`,
    )
    await land({ params: columns.params }, file)
    expect((await landed()).map(row => row.params)).toEqual([
      [{ key: 'a', value: { text_value: null, int_value: 12 } }],
      null,
      null,
      [],
    ])
  })

  test.each([
    ['{"key":1}', 'params'],
    ['[1', 'params'],
    ['[{"key":"a"},2]', 'params[]'],
    ['[{"value":[1]}]', 'params[].value'],
    ['[{"value":{"int_value":"x"}}]', 'params[].value.int_value'],
  ])('and are bad rows where they are not of their types: %s', async (value, name) => {
    await land({ params: columns.params }, bench.file('a.csv', `params\n"${value.replaceAll('"', '""')}"\n`))
    expect(await faults()).toEqual([{ column_name: name, value }])
  })

  test('may stand in fields of a Parquet file', async () => {
    const declared = { a: record({ l: list(integer()), j: json() }, 'A') }
    const file = await parquet(`select {'l': '[1, "2"]', 'j': [1]} as a union all select {'l': '{}', 'j': []}`)
    expect(await land(declared, file)).toEqual({ rowCount: 1, quarantinedCount: 1 })
    expect(await landed()).toEqual([{ a: { l: [1, 2], j: '[1]' } }])
    expect(await faults()).toEqual([{ column_name: 'a.l', value: '{"l":"{}","j":[]}' }])
  })
})
