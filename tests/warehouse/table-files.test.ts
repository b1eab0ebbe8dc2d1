import { mkdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Columns } from '../../src/authoring/column.ts'
import { integer, list, record, text } from '../../src/authoring/column-words.ts'
import type { Location } from '../../src/authoring/location.ts'
import type { CompiledSourceTable } from '../../src/compile/compiled.ts'
import { checkSource } from '../../src/warehouse/duckdb/check-source.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { sourceTable, toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const columns = { id: integer('Number').nullable() }

const at = (location: Location, declared: Columns = columns): CompiledSourceTable => ({
  ...sourceTable(declared, { table: '' }),
  location,
})
const inFolder = (basename: string, declared: Columns = columns) =>
  at({ folder: bench.path(''), basename, badRows: 'fail' }, declared)
const land = (table: CompiledSourceTable) => landSource(bench.session, table)
const told = async (table: CompiledSourceTable) =>
  (await toldOf(checkSource(bench.session, table), bench)).replaceAll(bench.path(''), 'raw')
const landed = () => bench.rows('select * exclude (tl_row_id) from raw.shop__events order by tl_row_number')

describe("A table's file", () => {
  test.each([
    ['ticket.csv', 'id\n1\n'],
    ['ticket.tsv', 'id\tx\n1\t2\n'],
    ['ticket.csv.gz', gzipSync('id\n1\n')],
    ['ticket.json', '{"id":1}'],
    ['ticket.jsonl.gz', gzipSync('{"id":1}')],
    ['ticket.ndjson', '{"id":1}'],
  ])('is found by the name of the table: %s', async (name, content) => {
    bench.file(name, content)
    bench.file('ticket_comment.csv', 'other\n1\n')
    bench.file('ticket_1.csv.bak', 'other\n1\n')
    await land(inFolder('ticket'))
    expect(await landed()).toEqual([{ id: 1, tl_row_number: 1 }])
  })

  test('may be Parquet', async () => {
    await bench.session.execute(`copy (select 1 as id) to '${bench.path('ticket.parquet')}'`)
    await land(inFolder('ticket'))
    expect(await landed()).toEqual([{ id: 1, tl_row_number: 1 }])
  })

  test('may be in parts, that are read in order of name', async () => {
    bench.file('events_20260602.json', '{"id":3}')
    bench.file('events_20260601.json.gz', gzipSync('{"id":1}\n{"id":2}\n'))
    bench.file('events_intraday_20260602.json', '{"id":9}')
    bench.file('events_20260602_000000000001.jsonl', '{"id":4}')
    await land(inFolder('events'))
    expect((await landed()).map(row => row.id)).toEqual([1, 2, 3, 4])
  })

  test('that is not there is told with what was looked for, the nearest, and how to do without', async () => {
    bench.file('contacts.csv', 'id\n')
    bench.file('contact_list.csv', 'id\n')
    expect(await told(inFolder('contact'))).toBe(
      [
        'shop.events: raw has no file for the table contact; did you mean contacts.csv?',
        '  expected: contact.csv, .tsv, .parquet, .json, .jsonl or .ndjson (all but .parquet may be packed: .csv.gz), or parts of it: contact_1.csv, contact_2.csv …',
        '  add the file, or, where the table is not loaded, say so in the config: without: [contact]',
      ].join('\n'),
    )
    const nowhere = at({ folder: bench.path('row'), basename: 'contact', badRows: 'fail' })
    expect(await told(nowhere)).toBe(
      'shop.events: there is no folder row that this user can read\n  make the folder, or mend its path in the config',
    )
  })

  test.each([
    [['a.csv', 'a.jsonl'], 'files of several formats for the table a: a.csv, a.jsonl'],
    [['a.csv', 'a.csv.gz'], 'the same rows in several files for the table a: a.csv, a.csv.gz'],
    [
      ['a_1.json', 'a_1.jsonl', 'a_2.json'],
      'the same rows in several files for the table a: a_1.json, a_1.jsonl, a_2.json',
    ],
    [['a.csv', 'a_1.csv'], 'both a whole file and parts for the table a: a.csv, a_1.csv'],
  ])('is refused where it cannot be told which is meant: %j', async (names, message) => {
    for (const name of names) bench.file(name, '')
    expect(await told(inFolder('a'))).toBe(
      `shop.events: raw has ${message}\n  leave those that are to be read, and move the others away`,
    )
  })

  test('is no folder', async () => {
    mkdirSync(bench.path('a.csv'))
    expect(await told(inFolder('a'))).not.toBe('')
  })
})

describe('A table that a company does without', () => {
  const declared = {
    id: integer('I'),
    list: list(record({ a: text() }), 'L').nullable(),
    some: text('S').nullable().mayBeMissing(),
  }

  test('is empty, with the columns that are declared', async () => {
    const table = at({ notLoaded: true, badRows: 'quarantine' }, declared)
    expect(await told(table)).toBe('')
    expect(await land(table)).toEqual({ rowCount: 0, quarantinedCount: 0 })
    const described = await bench.session.describe('select * from raw.shop__events')
    expect(described.map(({ name, engineType }) => `${name} ${engineType}`)).toEqual([
      'id bigint',
      'list struct("a" varchar)[]',
      'some varchar',
      'tl_row_id varchar',
      'tl_row_number bigint',
    ])
  })

  test('is offered where a table of the schema is missing', async () => {
    await bench.session.execute('create schema raw')
    const table = at({ table: 'raw.contact', canDoWithout: 'contact', badRows: 'fail' })
    expect(await told(table)).toBe(
      'shop.events: there is no table raw.contact\n' +
        '  make the table in this database, mend the schema in the config, or, where it is not loaded, say so there: without: [contact]',
    )
  })
})

describe('A column that may be missing', () => {
  const declared = {
    id: integer('I'),
    phone: text('P').nullable().mayBeMissing(),
    tags: list(record({ a: integer() }), 'T')
      .nullable()
      .mayBeMissing(),
  }
  const absent = [{ id: 1, phone: null, tags: null, tl_row_number: 1 }]

  test.each([
    ['a.csv', 'id\n1\n'],
    ['a.jsonl', '{"id":1}'],
  ])('is NULL where the file lacks it: %s', async (name, content) => {
    bench.file(name, content)
    expect(await told(inFolder('a', declared))).toBe('')
    await land(inFolder('a', declared))
    expect(await landed()).toEqual(absent)
  })

  test('is NULL where a Parquet file or a table lacks it, and read where it is there', async () => {
    await bench.session.execute(`copy (select 1 as id) to '${bench.path('a.parquet')}'`)
    await land(inFolder('a', declared))
    expect(await landed()).toEqual(absent)
    await bench.session.execute('create table raw.a as select 1 as id')
    await land(at({ table: 'raw.a', badRows: 'fail' }, declared))
    expect(await landed()).toEqual(absent)
    await bench.session.execute(`create or replace table raw.a as select 1 as id, '1' as phone, [{'a': 2}] as tags`)
    await land(at({ table: 'raw.a', badRows: 'fail' }, declared))
    expect(await landed()).toEqual([{ id: 1, phone: '1', tags: [{ a: 2 }], tl_row_number: 1 }])
  })

  test('may be in some parts of a Parquet table only', async () => {
    await bench.session.execute(`copy (select 1 as id) to '${bench.path('a_1.parquet')}'`)
    await bench.session.execute(`copy (select 2 as id, '2' as phone) to '${bench.path('a_2.parquet')}'`)
    await land(inFolder('a', declared))
    expect((await landed()).map(row => row.phone)).toEqual([null, '2'])
  })

  test('still has to be of its type', async () => {
    bench.file('a.csv', 'id,tags\n1,x\n')
    expect(await toldOf(land(inFolder('a', declared)), bench)).toContain(
      'a.csv:2:1  row 1, column "tags": "x" is not a list',
    )
  })
})
