import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Columns } from '../../src/authoring/column.ts'
import { boolean, date, integer, json, list, number, real, text, timestamp } from '../../src/authoring/column-words.ts'
import type { Location } from '../../src/authoring/location.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { problemsOf, sourceTable, toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const columns = { id: integer('Number'), name: text('Name') }
const events = { user: text('Who'), at: timestamp('When') }
const sha = (content: string) => createHash('sha256').update(content).digest('hex')

const land = (declared: Columns, where: { file: string } | { table: string }, badRows: Location['badRows'] = 'fail') =>
  landSource(bench.session, sourceTable(declared, where, badRows))
const told = (declared: Columns, where: { file: string } | { table: string }) => toldOf(land(declared, where), bench)
const landed = () => bench.rows('select * exclude (tl_row_id) from raw.shop__events order by tl_row_number')
const quarantined = () => bench.rows('select * from raw.shop__events__quarantine order by line_number')

describe('A landed CSV file', () => {
  test('has the declared columns in their types, a row id over all raw columns, and the number of the row', async () => {
    const file = bench.file('events.csv', 'id,ignored,name\n1,x,Ann\n2,,"Ünal, B."\n')
    expect(await land(columns, { file })).toEqual({ rowCount: 2, quarantinedCount: 0 })
    expect(await bench.rows('select * from raw.shop__events order by tl_row_number')).toEqual([
      { id: 1, name: 'Ann', tl_row_id: sha('1:1,1:x,3:Ann'), tl_row_number: 1 },
      { id: 2, name: 'Ünal, B.', tl_row_id: sha('1:2,-,9:Ünal, B.'), tl_row_number: 2 },
    ])
    expect((await bench.session.describe('select * from raw.shop__events')).map(column => column.engineType)).toEqual([
      'bigint',
      'varchar',
      'varchar',
      'bigint',
    ])
  })

  test('keeps quotes, backslashes, emoji, line breaks and SQL in names and values', async () => {
    const odd = `"; drop table x; -- '😀\\`
    const file = bench.file(
      `it's [odd] *? {1} "x" 😀.csv`,
      `\ufeffid,"""; drop table x; -- '😀\\"\r\n1,"a ""quoted"" \\ word"\r\n2,"two\r\nlines"\r\n3,'); drop table raw; --\r\n4,👩‍👩‍👧 #tag\r\n`,
    )
    await land({ id: integer(''), [odd]: text('') }, { file })
    expect(await landed()).toEqual([
      { id: 1, [odd]: 'a "quoted" \\ word', tl_row_number: 1 },
      { id: 2, [odd]: 'two\r\nlines', tl_row_number: 2 },
      { id: 3, [odd]: "'); drop table raw; --", tl_row_number: 3 },
      { id: 4, [odd]: '👩‍👩‍👧 #tag', tl_row_number: 4 },
    ])
  })

  test('is read by its own name where that looks like a pattern', async () => {
    bench.file('a1.csv', 'id,name\n1,wrong\n')
    await land(columns, { file: bench.file('a[1].csv', 'id,name\n1,right\n') })
    expect(await landed()).toEqual([{ id: 1, name: 'right', tl_row_number: 1 }])
  })

  test.each([
    ['semicolons', 'id;name\n1;a,b\n'],
    ['tabs', 'id\tname\n1\ta,b\n'],
    ['bars', 'id|name\n1|a,b\n'],
    ['commas', 'id,name\n1,"a,b"\n'],
    ['packed bytes', gzipSync('id,name\n1,"a,b"\n')],
    ['lines that end in CR', 'id,name\r1,"a,b"\r'],
  ])('may be written with %s', async (_, content) => {
    await land(columns, { file: bench.file(typeof content === 'string' ? 'a.csv' : 'a.csv.gz', content) })
    expect(await landed()).toEqual([{ id: 1, name: 'a,b', tl_row_number: 1 }])
  })

  test('without rows is an empty table', async () => {
    expect(await land(columns, { file: bench.file('a.csv', 'id,name\n') })).toEqual({
      rowCount: 0,
      quarantinedCount: 0,
    })
    expect(await landed()).toEqual([])
  })

  test('keeps exact duplicates, with one id and two numbers', async () => {
    await land(columns, { file: bench.file('a.csv', 'id,name\n1,a\n1,a\n') })
    expect(
      await bench.rows(
        'select count(*) as rows, count(distinct tl_row_id) as ids, max(tl_row_number) as last from raw.shop__events',
      ),
    ).toEqual([{ rows: 2, ids: 1, last: 2 }])
  })

  test('takes an empty field for NULL, quoted or not, and a blank one where it is no text', async () => {
    await land(columns, { file: bench.file('a.csv', 'id,name\n,\n"",""\n  , \n') })
    expect(await landed()).toEqual([
      { id: null, name: null, tl_row_number: 1 },
      { id: null, name: null, tl_row_number: 2 },
      { id: null, name: ' ', tl_row_number: 3 },
    ])
  })

  test('lands the same content as the same table, and new content in its place', async () => {
    const all = 'select * from raw.shop__events order by all'
    const file = bench.file('a.csv', 'id,name\n1,a\n2,b\n')
    await land(columns, { file })
    const first = await bench.rows(all)
    await land(columns, { file })
    expect(await bench.rows(all)).toEqual(first)
    await land(columns, { file: bench.file('a.csv', 'id,name\n3,c\n') })
    expect(await landed()).toEqual([{ id: 3, name: 'c', tl_row_number: 1 }])
  })

  test('may be several files, in order of name', async () => {
    bench.file('e_2.csv', 'id,name\n3,c\n')
    bench.file('e_1.csv', 'id,name\n1,a\n2,b\n')
    await land(columns, { file: bench.path('e_*.csv') })
    expect((await landed()).map(row => [row.tl_row_number, row.name])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ])
  })

  test('leaves nothing beside its table', async () => {
    await land(columns, { file: bench.file('a.csv', 'id,name\n1,a\n') })
    expect(await bench.rows(`select schema_name || '.' || table_name as name from duckdb_tables()`)).toEqual([
      { name: 'raw.shop__events' },
    ])
  })

  test('keeps the order of its rows over many blocks', async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `${i + 1},name of row ${i + 1}`)
    await land(columns, { file: bench.file('a.csv', `id,name\n${lines.join('\n')}\n`) })
    expect(
      await bench.rows(
        'select count(*) as rows, count(*) filter (id = tl_row_number) as in_order from raw.shop__events',
      ),
    ).toEqual([{ rows: 300_000, in_order: 300_000 }])
  })
})

describe('A value', () => {
  const valuesOf = async (column: Columns[string], values: readonly string[]) => {
    const file = bench.file('v.csv', `v\n${values.map(value => `"${value.replaceAll('"', '""')}"`).join('\n')}\n`)
    await land({ v: column }, { file }, 'quarantine')
    const rows = await bench.rows(
      `select tl_row_number as n, cast(v as varchar) as v from raw.shop__events
       union all select line_number - 1, 'bad' from raw.shop__events__quarantine order by 1`,
    )
    return Object.fromEntries(values.map((value, index) => [value, rows[index]?.v]))
  }

  test('that is a timestamp becomes an instant in UTC; without an offset it stands as written', async () => {
    const expected = {
      '2026-06-01': '2026-06-01 00:00:00',
      '2026-06-01 12:30': '2026-06-01 12:30:00',
      '2026-06-01T12:30:05': '2026-06-01 12:30:05',
      ' 2026-06-01 12:30:05.1 ': '2026-06-01 12:30:05.1',
      '2026-06-01T12:30:05.123456Z': '2026-06-01 12:30:05.123456',
      '2026-06-01 12:30:05 UTC': '2026-06-01 12:30:05',
      '2026-06-01T12:30Z': '2026-06-01 12:30:00',
      '2026-06-01T12:30:05+02:00': '2026-06-01 10:30:05',
      '2022-02-01 2:20:51': '2022-02-01 02:20:51',
      '2022-02-01T2:20:51-01:00': '2022-02-01 03:20:51',
      '2020-09-11 19:35:42.000 ': '2020-09-11 19:35:42',
      '2023-05-09 23:19:32.729000 UTC': '2023-05-09 23:19:32.729',
      '2026-06-01 12:30:05.5-0330': '2026-06-01 16:00:05.5',
      '2026-06-01 00:30:00 +01': '2026-05-31 23:30:00',
      '2024-02-29 23:59:59-00:01': '2024-03-01 00:00:59',
      '03/04/2026': 'bad',
      '2026-02-30': 'bad',
      '2026-06-01 24:00:00': 'bad',
      '2026-06-01 123:00:00': 'bad',
      '2026-06-01 12:30:05.1234567': 'bad',
      '20260601': 'bad',
      '1780000000': 'bad',
      '2026-06-01 12:30 Europe/Berlin': 'bad',
      yesterday: 'bad',
      infinity: 'bad',
    }
    expect(await valuesOf(timestamp(''), Object.keys(expected))).toEqual(expected)
  })

  test('that is a whole number of 64 bits is an integer, and nothing is rounded to one', async () => {
    const expected = {
      '42': '42',
      '-7': '-7',
      '+3': '3',
      '12.00': '12',
      '4135.0': '4135',
      '9223372036854775807': '9223372036854775807',
      '9223372036854775808': 'bad',
      '1.5': 'bad',
      '1e3': 'bad',
      '1_000': 'bad',
      '1,000': 'bad',
      '0x1F': 'bad',
      ten: 'bad',
    }
    expect(await valuesOf(integer(''), Object.keys(expected))).toEqual(expected)
  })

  test('that is a decimal keeps nine digits after the point, the tenth rounded away from zero', async () => {
    const expected = {
      '12.5': '12.500000000',
      '-0.0000000005': '-0.000000001',
      '0.00000000049': '0.000000000',
      '1.25e3': '1250.000000000',
      '.5': '0.500000000',
      '12345678901234567890123456789.123456789': '12345678901234567890123456789.123456789',
      '1e30': 'bad',
      '12,50': 'bad',
      '€ 5': 'bad',
      nan: 'bad',
    }
    expect(await valuesOf(number(''), Object.keys(expected))).toEqual(expected)
  })

  test('that is a real number is finite', async () => {
    const expected = { '0.25': '0.25', '-1e-3': '-0.001', '1e999': 'bad', inf: 'bad', NaN: 'bad' }
    expect(await valuesOf(real(''), Object.keys(expected))).toEqual(expected)
  })

  test('that is a boolean is true, false, t, f, 1 or 0, in whatever case', async () => {
    const words = { true: 'true', FALSE: 'false', True: 'true', t: 'true', F: 'false', '1': 'true', '0': 'false' }
    const expected = { ...words, yes: 'bad', '2': 'bad', tr: 'bad' }
    expect(await valuesOf(boolean(''), Object.keys(expected))).toEqual(expected)
  })

  test('that is a date is written year-month-day', async () => {
    const expected = {
      '2026-06-01': '2026-06-01',
      '2026-6-1': 'bad',
      '01.06.2026': 'bad',
      '2026-06-01 00:00:00': 'bad',
    }
    expect(await valuesOf(date(''), Object.keys(expected))).toEqual(expected)
  })

  test('that is JSON stays as it is written, and a list is read from it', async () => {
    const written = { '{"a": 1}': '{"a": 1}', '{a': 'bad' }
    expect(await valuesOf(json(''), Object.keys(written))).toEqual(written)
    const lists = { '["x", "y"]': '[x, y]', '{"x": 1}': 'bad' }
    expect(await valuesOf(list(text(''), ''), Object.keys(lists))).toEqual(lists)
  })
})

const broken = [
  'user,at,note', //            line 1
  'ann,2026-06-01,"two', //     line 2, row 1
  'lines"', //                  line 3
  'bob,2026-06-02', //          line 4, row 2
  '', //                        line 5
  'cem,03/04/2026,"n ""x"""', // line 6, row 3
  'dan,2026-06-04,n,5,6', //    line 7, row 4
  'eva,2026-06-05,😀', //       line 8, row 5
  'fay,2026-06-06,"a"b', //     line 9, row 6
  'gus,2026-06-07,n', //        line 10, row 7
  'hal,soon,n', //             line 11, row 8
  'ida,2026-06-09,n', //        line 12, row 9
  '',
].join('\n')

describe('A CSV file with broken rows', () => {
  test('is refused, with the line of each, what is wrong, and how many there are', async () => {
    const file = bench.file('events.csv', broken)
    expect(await told(events, { file })).toBe(
      [
        'shop.events: 5 bad rows in events.csv',
        '  mend the rows, or set bad_rows: quarantine for shop to set them aside in raw.shop__events__quarantine',
        'events.csv:4:1  2 fields where the header has 3',
        '    bob,2026-06-02',
        '    ^',
        'events.csv:6:1  row 3, column "at": "03/04/2026" is not a timestamp',
        '  expected: a timestamp such as 2026-06-01, 2026-06-01 12:30, 2026-06-01T12:30:00.123456Z or 2026-06-01 14:30:00+02:00',
        'events.csv:7:1  5 fields where the header has 3',
        '    dan,2026-06-04,n,5,6',
        '    ^',
        'events.csv:9:1  column "note": a double quote that is never closed, or text after the closing one',
        '    fay,2026-06-06,"a"b',
        '    ^',
        'events.csv:11:1  row 8, column "at": "soon" is not a timestamp',
        '  expected: a timestamp such as 2026-06-01, 2026-06-01 12:30, 2026-06-01T12:30:00.123456Z or 2026-06-01 14:30:00+02:00',
      ].join('\n'),
    )
  })

  test('leaves what stood before as it was, and nothing beside it', async () => {
    await land(events, { file: bench.file('events.csv', 'user,at\nann,2026-06-01\n') })
    await problemsOf(land(events, { file: bench.file('events.csv', broken) }))
    expect(await bench.rows('select "user" from raw.shop__events')).toEqual([{ user: 'ann' }])
    expect(await bench.rows('select table_name from duckdb_tables()')).toEqual([{ table_name: 'shop__events' }])
  })

  test('lands its good rows where the others may be quarantined, each with its line, text and reason', async () => {
    const file = bench.file('events.csv', broken)
    expect(await land(events, { file }, 'quarantine')).toEqual({ rowCount: 4, quarantinedCount: 5 })
    expect((await landed()).map(row => row.user)).toEqual(['ann', 'eva', 'gus', 'ida'])
    const notAnInstant =
      'not a timestamp: expected a timestamp such as 2026-06-01, 2026-06-01 12:30, 2026-06-01T12:30:00.123456Z or 2026-06-01 14:30:00+02:00'
    const unclosed = 'a double quote that is never closed, or text after the closing one'
    expect(await quarantined()).toEqual([
      {
        file,
        line_number: 4,
        raw_line: 'bob,2026-06-02',
        column_name: null,
        value: null,
        reason: '2 fields where the header has 3',
      },
      {
        file,
        line_number: 6,
        raw_line: 'cem,03/04/2026,"n ""x"""',
        column_name: 'at',
        value: '03/04/2026',
        reason: notAnInstant,
      },
      {
        file,
        line_number: 7,
        raw_line: 'dan,2026-06-04,n,5,6',
        column_name: null,
        value: null,
        reason: '5 fields where the header has 3',
      },
      { file, line_number: 9, raw_line: 'fay,2026-06-06,"a"b', column_name: 'note', value: null, reason: unclosed },
      { file, line_number: 11, raw_line: 'hal,soon,n', column_name: 'at', value: 'soon', reason: notAnInstant },
    ])
  })

  test('is told of by the same lines with CR LF and a byte order mark', async () => {
    const file = bench.file('events.csv', `\ufeff${broken.replaceAll('\n', '\r\n')}`)
    await land(events, { file }, 'quarantine')
    expect((await quarantined()).map(row => row.line_number)).toEqual([4, 6, 7, 9, 11])
  })

  test('is told of by the file and its own lines where there are several', async () => {
    bench.file('e_1.csv', broken)
    bench.file('e_2.csv', 'user,at,note\nann,never,\n')
    const problems = await problemsOf(land(events, { file: bench.path('e_*.csv') }))
    expect(problems[0]?.message).toBe(`shop.events: 6 bad rows in ${bench.path('e_*.csv')}; the first 5 follow`)
    bench.file('e_1.csv', 'user,at,note\nann,2026-06-01,\n')
    expect(await told(events, { file: bench.path('e_*.csv') })).toContain(
      'e_2.csv:2:1  row 1, column "at": "never" is not a timestamp',
    )
  })

  test('has its unclosed quote told at the line where the record begins', async () => {
    const file = bench.file('a.csv', 'id,name\n1,a\n2,"open\n3,b\n4,c\n')
    expect(await told(columns, { file })).toContain('a.csv:3:1  column "name": a double quote that is never closed')
  })

  test('may hold bytes that are not UTF-8', async () => {
    const file = bench.file('a.csv', Buffer.from('id,name\n1,J\xfcrgen\n2,ok\n', 'latin1'))
    expect(await told(columns, { file })).toBe(
      [
        'shop.events: 1 bad row in a.csv',
        '  mend the rows, or set bad_rows: quarantine for shop to set them aside in raw.shop__events__quarantine',
        'a.csv:2:1  bytes that are not UTF-8',
        '    1,J�rgen',
        '    ^',
      ].join('\n'),
    )
    expect(await land(columns, { file }, 'quarantine')).toEqual({ rowCount: 1, quarantinedCount: 1 })
  })

  test('loses no other row to a double quote that is never closed', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i + 3},name of row ${i + 3}`)
    const file = bench.file('a.csv', `id,name\n1,"two\nlines"\n2,"open\n${rows.join('\n')}\n`)
    expect(await land(columns, { file }, 'quarantine')).toEqual({ rowCount: 60_001, quarantinedCount: 1 })
    expect((await quarantined()).map(row => [row.line_number, row.raw_line])).toEqual([[4, '2,"open']])
  })

  test('may end its lines in different ways', async () => {
    await land(columns, { file: bench.file('a.csv', 'id,name\r\n1,a\n\n2,"b\r\nb"\r3,c') })
    expect((await landed()).map(row => [row.tl_row_number, row.id, row.name])).toEqual([
      [1, 1, 'a'],
      [2, 2, 'b\r\nb'],
      [3, 3, 'c'],
    ])
  })

  test('that is packed and cut short says so, and leaves what stood', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},${Math.sin(i)}`)
    const packed = gzipSync(`id,name\n${rows.join('\n')}\n`)
    const file = bench.file('a.csv.gz', packed.subarray(0, packed.length / 2))
    expect(await told(columns, { file })).toContain('it cannot be read: unexpected end of file')
    expect(await bench.rows('select table_name from duckdb_tables()')).toEqual([])
  })

  test('drops the quarantine when all rows must be good again and are', async () => {
    await land(events, { file: bench.file('events.csv', broken) }, 'quarantine')
    await land(events, { file: bench.file('events.csv', 'user,at\nann,2026-06-01\n') })
    expect(await bench.rows('select table_name from duckdb_tables()')).toEqual([{ table_name: 'shop__events' }])
  })
})

describe('A landed Parquet file', () => {
  test('has its values in the declared types, instants in UTC whatever their zone', async () => {
    const file = bench.path('a.parquet')
    await bench.session.execute(`set timezone = 'Asia/Tokyo'`)
    await bench.session.execute(
      `copy (select 'ann' as user, timestamptz '2026-06-01 12:00:00+02:00' as at, 5::utinyint as n, '6.5' as price, {'a': [1]} as props) to '${file}'`,
    )
    await land({ ...events, n: number(''), price: number(''), props: json('') }, { file })
    expect(await landed()).toEqual([
      {
        user: 'ann',
        at: '2026-06-01 10:00:00',
        n: '5.000000000',
        price: '6.500000000',
        props: '{"a":[1]}',
        tl_row_number: 1,
      },
    ])
  })

  test('has its bad values told by row, and quarantined as JSON', async () => {
    const file = bench.path('a.parquet')
    await bench.session.execute(
      `copy (from (values ('ann', '2026-06-01', 1), ('bob', 'later', 2)) v("user", "at", n)) to '${file}'`,
    )
    expect(await told(events, { file })).toContain('\nrow 2, column "at": "later" is not a timestamp\n')
    expect(await land(events, { file }, 'quarantine')).toEqual({ rowCount: 1, quarantinedCount: 1 })
    expect(
      await bench.rows('select line_number, raw_line, column_name, value from raw.shop__events__quarantine'),
    ).toEqual([{ line_number: null, raw_line: '{"user":"bob","at":"later","n":2}', column_name: 'at', value: 'later' }])
  })

  test('may be several, their columns matched by name', async () => {
    await bench.session.execute(`copy (select 1 as id, 'a' as name) to '${bench.path('p_1.parquet')}'`)
    await bench.session.execute(`copy (select 'b' as name, 2 as id) to '${bench.path('p_2.parquet')}'`)
    await land(columns, { file: bench.path('p_*.parquet') })
    expect(await landed()).toEqual([
      { id: 1, name: 'a', tl_row_number: 1 },
      { id: 2, name: 'b', tl_row_number: 2 },
    ])
  })
})

describe('A landed table', () => {
  test('is the same whatever the order its rows were written in', async () => {
    const all = 'select * from raw.shop__events order by tl_row_number'
    await bench.session.execute(
      `create schema raw; create table raw.a as select * from (values (1, ''), (2, 'b'), (2, 'b')) v(id, name)`,
    )
    await land(columns, { table: 'raw.a' })
    const first = await bench.rows(all)
    expect(first.map(row => row.tl_row_number)).toEqual([1, 2, 3])
    expect(first.filter(row => row.id === 1)).toEqual([
      { id: 1, name: '', tl_row_id: sha('1:1,0:'), tl_row_number: expect.any(Number) },
    ])
    await bench.session.execute('create or replace table raw.a as from raw.a order by id desc')
    await land(columns, { table: 'raw.a' })
    expect(await bench.rows(all)).toEqual(first)
  })

  test('refuses whole numbers that do not fit 64 bits, and infinite instants', async () => {
    await bench.session.execute(
      `create schema raw; create table raw.a as select 9223372036854775808::hugeint as id, 'a' as name`,
    )
    expect(await told(columns, { table: 'raw.a' })).toContain(
      'row 1, column "id": "9223372036854775808" is not an integer',
    )
    await bench.session.execute(`create table raw.b as select 'ann' as user, timestamp 'infinity' as at`)
    expect(await told(events, { table: 'raw.b' })).toContain('row 1, column "at": "infinity" is not a timestamp')
  })
})
