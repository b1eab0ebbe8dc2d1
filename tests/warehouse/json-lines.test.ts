import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
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
import type { Location } from '../../src/authoring/location.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { sourceTable, toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const sha = (content: string) => createHash('sha256').update(content).digest('hex')
const columns = { id: integer('Number'), name: text('Name') }
const param = record({
  key: text(),
  value: record({ string_value: text(), int_value: integer(), double_value: real() }),
})
const ga4 = {
  event_timestamp: integer('When'),
  event_params: list(param, 'Parameters'),
  geo: record({ city: text() }, 'Where'),
}

const land = (declared: Columns, file: string, badRows: Location['badRows'] = 'fail') =>
  landSource(bench.session, sourceTable(declared, { file }, badRows))
const told = (declared: Columns, file: string) => toldOf(land(declared, file), bench)
const landed = () => bench.rows('select * exclude (tl_row_id) from raw.shop__events order by tl_row_number')
const quarantined = () => bench.rows('select * exclude (file) from raw.shop__events__quarantine order by line_number')
const lines = (...objects: readonly unknown[]) =>
  objects.map(object => (typeof object === 'string' ? object : JSON.stringify(object))).join('\n')

describe('A landed file of JSON lines', () => {
  test('has the declared columns in their types, a row id over the line, and the number of the row', async () => {
    const file = bench.file('a.jsonl', '{"id": 1, "name": "Ünal 😀", "other": [1]}\r\n\n  {"name":"","id":"2"}  \n{}\n')
    expect(await land(columns, file)).toEqual({ rowCount: 3, quarantinedCount: 0 })
    expect(await bench.rows('select * from raw.shop__events order by tl_row_number')).toEqual([
      { id: 1, name: 'Ünal 😀', tl_row_id: sha('{"id": 1, "name": "Ünal 😀", "other": [1]}'), tl_row_number: 1 },
      { id: 2, name: '', tl_row_id: sha('{"name":"","id":"2"}'), tl_row_number: 2 },
      { id: null, name: null, tl_row_id: sha('{}'), tl_row_number: 3 },
    ])
    const described = await bench.session.describe('select * from raw.shop__events')
    expect(described.map(({ engineType }) => engineType)).toEqual(['bigint', 'varchar', 'varchar', 'bigint'])
  })

  test.each(['a.json', 'a.ndjson', 'a.JSONL', 'a[1].json.gz', 'a.jsonl.gz', 'a.ndjson.gz'])(
    'may be called %s',
    async name => {
      const content = '{"id":1,"name":"a"}\n{"id":2,"name":"b"}'
      await land(columns, bench.file(name, name.endsWith('.gz') ? gzipSync(content) : content))
      expect((await landed()).map(row => row.name)).toEqual(['a', 'b'])
    },
  )

  test('may be several files, in order of name', async () => {
    bench.file('e_2.json', '{"id":3}\n')
    bench.file('e_1.json.gz', gzipSync('{"id":1}\n{"id":2}\n'))
    await land(columns, bench.path('e_*'))
    expect((await landed()).map(row => [row.tl_row_number, row.id])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
  })

  test('may be empty', async () => {
    expect(await land(ga4, bench.file('a.jsonl', '\n'))).toEqual({ rowCount: 0, quarantinedCount: 0 })
    expect(await land(ga4, bench.file('b.jsonl', ''))).toEqual({ rowCount: 0, quarantinedCount: 0 })
  })

  test('has lists and records of any depth: whole numbers may be texts, missing fields are NULL, others are dropped', async () => {
    const file = bench.file(
      'a.jsonl',
      lines(
        {
          event_timestamp: '1702651559604143',
          event_params: [
            { key: 'ga_session_id', value: { string_value: null, int_value: '1702650951', float_value: 1 } },
            { key: 'page', value: { string_value: '/', int_value: null, double_value: 4.5 }, more: 1 },
            { key: 'none' },
            null,
          ],
          geo: { city: 'Köln', region: 'NRW' },
          device: { category: 'desktop' },
        },
        '{"event_timestamp":9007199254740993,"event_params":[],"geo":null}',
      ),
    )
    await land(ga4, file)
    expect(await landed()).toEqual([
      {
        event_timestamp: 1702651559604143,
        event_params: [
          { key: 'ga_session_id', value: { string_value: null, int_value: 1702650951, double_value: null } },
          { key: 'page', value: { string_value: '/', int_value: null, double_value: 4.5 } },
          { key: 'none', value: null },
          null,
        ],
        geo: { city: 'Köln' },
        tl_row_number: 1,
      },
      { event_timestamp: 9007199254740993n, event_params: [], geo: null, tl_row_number: 2 },
    ])
    const [params] = await bench.session.describe('select event_params from raw.shop__events')
    expect(params?.engineType).toBe(
      'struct("key" varchar, "value" struct("string_value" varchar, "int_value" bigint, "double_value" double))[]',
    )
  })

  test('takes values by the same rules as a CSV file', async () => {
    const declared = {
      b: boolean(''),
      d: date(''),
      t: timestamp(''),
      n: number(''),
      r: real(''),
      j: json(''),
      ts: list(timestamp(), ''),
      js: list(json(), ''),
    }
    const file = bench.file(
      'a.jsonl',
      lines(
        {
          b: true,
          d: '2026-06-01',
          t: '2026-06-01T14:00:00+02:00',
          n: 12.5,
          r: 1e-3,
          j: { a: [1, 'x'] },
          ts: ['2026-06-01 12:30 UTC'],
          js: [1, { a: 2 }, 'x'],
        },
        { b: 'f', d: ' ', t: ' 2022-02-01 2:20:51 ', n: '0.123456789', r: '2', j: 'x', ts: [''], js: [null] },
        { b: 0, j: null },
      ),
    )
    await land(declared, file)
    expect(await landed()).toEqual([
      {
        b: true,
        d: '2026-06-01',
        t: '2026-06-01 12:00:00',
        n: '12.500000000',
        r: 0.001,
        j: '{"a":[1,"x"]}',
        ts: ['2026-06-01 12:30:00'],
        js: ['1', '{"a":2}', '"x"'],
        tl_row_number: 1,
      },
      {
        b: false,
        d: null,
        t: '2022-02-01 02:20:51',
        n: '0.123456789',
        r: 2,
        j: '"x"',
        ts: [null],
        js: [null],
        tl_row_number: 2,
      },
      { b: false, d: null, t: null, n: null, r: null, j: null, ts: null, js: null, tl_row_number: 3 },
    ])
  })

  test('keeps odd names and values as they are', async () => {
    const odd = `"; drop table x; -- '😀\\ a.b[0]`
    const declared = {
      [odd]: text(''),
      'a b': record({ 'it\'s "x"': integer(), group: list(record({ order: text() })) }, ''),
    }
    const file = bench.file('a.jsonl', lines({ [odd]: "'); drop", 'a b': { 'it\'s "x"': 1, group: [{ order: 'o' }] } }))
    await land(declared, file)
    expect(await landed()).toEqual([
      { [odd]: "'); drop", 'a b': { 'it\'s "x"': 1, group: [{ order: 'o' }] }, tl_row_number: 1 },
    ])
  })

  test('that is one JSON list, or begins with a byte order mark, is refused', async () => {
    expect(await told(columns, bench.file('a.json', ' \n [{"id":1}]'))).toBe(
      [
        'a.json:1:1  shop.events: it is a JSON list',
        '  expected: one JSON object a line (newline-delimited JSON), in UTF-8',
        "  write each entry of the list on a line of its own, as jq -c '.[]' does",
      ].join('\n'),
    )
    expect(await told(columns, bench.file('b.json.gz', gzipSync('\ufeff{"id":1}\n')))).toContain(
      'b.json.gz:1:1  shop.events: it begins with a byte order mark',
    )
  })

  test('that is packed and cut short says so', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `{"id":${i},"name":"${Math.sin(i)}"}`)
    const packed = gzipSync(rows.join('\n'))
    const file = bench.file('a.jsonl.gz', packed.subarray(0, packed.length / 2))
    expect(await told(columns, file)).toBe('a.jsonl.gz:1:1  it cannot be read: unexpected end of file')
    expect(await bench.rows('select table_name from duckdb_tables()')).toEqual([])
  })
})

const broken = [
  { id: 1, name: 'ok' }, //                  line 1, row 1
  '', //                                     line 2
  '{"id":2', //                              line 3, row 2
  '[3]', //                                  line 4, row 3
  { id: 'four', name: 'x' }, //              line 5, row 4
  'null', //                                 line 6, row 5
  { id: 1.5 }, //                            line 7, row 6
  '{"id":7}{"id":8}', //                     line 8, row 7
  { id: 9, name: 'end' }, //                 line 9, row 8
]
const noObject = 'not a JSON object on a line of its own'
const noInteger = 'not an integer: expected a whole number of at most 64 bits, such as 42'

test('A file of which DuckDB passes over a line is refused', async () => {
  expect(await told(columns, bench.file('a.jsonl', '{'))).toBe(
    'shop.events: DuckDB read 0 rows of a.jsonl, where 1 stand\n  write the file again',
  )
})

describe('A line that cannot be read', () => {
  test('is told with its place, and what stands there', async () => {
    expect(await told(columns, bench.file('a.jsonl', lines(...broken)))).toBe(
      [
        'shop.events: 6 bad rows in a.jsonl; the first 5 follow',
        '  mend the rows, or set bad_rows: quarantine for shop to set them aside in raw.shop__events__quarantine',
        `a.jsonl:3:1  ${noObject}`,
        '    {"id":2',
        '    ^',
        `a.jsonl:4:1  ${noObject}`,
        '    [3]',
        '    ^',
        'a.jsonl:5:1  row 4, column "id": "four" is not an integer',
        '  expected: a whole number of at most 64 bits, such as 42',
        `a.jsonl:6:1  ${noObject}`,
        '    null',
        '    ^',
        'a.jsonl:7:1  row 6, column "id": "1.5" is not an integer',
        '  expected: a whole number of at most 64 bits, such as 42',
      ].join('\n'),
    )
  })

  test('may be quarantined, with its line, text and reason', async () => {
    const file = bench.file('a.jsonl', lines(...broken))
    expect(await land(columns, file, 'quarantine')).toEqual({ rowCount: 2, quarantinedCount: 6 })
    expect(await landed()).toEqual([
      { id: 1, name: 'ok', tl_row_number: 1 },
      { id: 9, name: 'end', tl_row_number: 8 },
    ])
    const of = (line: number, raw: string, value: string | null) => ({
      line_number: line,
      raw_line: raw,
      column_name: value === null ? null : 'id',
      value,
      reason: value === null ? noObject : noInteger,
    })
    expect(await quarantined()).toEqual([
      of(3, '{"id":2', null),
      of(4, '[3]', null),
      of(5, '{"id":"four","name":"x"}', 'four'),
      of(6, 'null', null),
      of(7, '{"id":1.5}', '1.5'),
      of(8, '{"id":7}{"id":8}', null),
    ])
  })

  test('is told of by the file and its own lines where there are several', async () => {
    bench.file('e_1.json', '{"id":1}\n\n{"id":2}')
    bench.file('e_2.json', '\n{"id":3}\n{bad\n')
    expect(await told(columns, bench.path('e_*.json'))).toContain(`e_2.json:3:1  ${noObject}\n    {bad`)
  })

  test('may hold bytes that are not UTF-8', async () => {
    const file = bench.file('a.json', Buffer.from('{"name":"J\xfcrgen"}\n{"id":1}\n', 'latin1'))
    expect(await told(columns, file)).toContain(`a.json:1:1  ${noObject}\n    {"name":"J\ufffdrgen"}`)
    expect(await land(columns, file, 'quarantine')).toEqual({ rowCount: 1, quarantinedCount: 1 })
  })
})

describe('A nested value that is not of its type', () => {
  const declared = {
    event_params: list(param, 'Parameters'),
    geo: record({ city: text(), box: list(list(integer())) }, 'Where'),
  }
  const fault = async (object: unknown) => {
    await land(declared, bench.file('a.jsonl', `${lines(object)}\n{}\n`), 'quarantine')
    const [row] = await bench.rows('select column_name, value from raw.shop__events__quarantine')
    return row && `${row.column_name} of ${row.value}`
  }

  test.each([
    [
      { event_params: [{ key: 'a', value: { int_value: '1' } }, { value: { int_value: 'x' } }] },
      'event_params[].value.int_value',
    ],
    [{ event_params: [{ value: { int_value: 1.5 } }] }, 'event_params[].value.int_value'],
    [{ event_params: [{ value: { double_value: 'NaN' } }] }, 'event_params[].value.double_value'],
    [{ event_params: { key: 'a' } }, 'event_params'],
    [{ event_params: 'a' }, 'event_params'],
    [{ event_params: [1] }, 'event_params[]'],
    [{ event_params: [{ value: { int_value: 1 } }, { value: 5 }] }, 'event_params[].value'],
    [{ geo: [] }, 'geo'],
    [{ geo: { box: 1 } }, 'geo.box'],
    [{ geo: { box: [[1], 2] } }, 'geo.box[]'],
    [{ geo: { box: [[1], [2, 'x']] } }, 'geo.box[][]'],
  ])('is a bad row, told with its place in the column: %j', async (object, name) => {
    const [column, value] = Object.entries(object)[0]!
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    expect(await fault(object)).toBe(`${name} of ${shown}`)
    expect(name.startsWith(column)).toBe(true)
  })

  test.each([
    [{ event_params: null, geo: null }],
    [{ event_params: [], geo: {} }],
    [{ event_params: [null, {}, { value: null }, { value: {} }], geo: { box: null } }],
    [{ geo: { box: [null, [], [null, '1']], city: { event_params: 1 } } }],
  ])('is told from one that is missing or empty: %j', async object => {
    expect(await fault(object)).toBe(undefined)
  })
})
