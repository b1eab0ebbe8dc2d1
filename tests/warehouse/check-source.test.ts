import { mkdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { integer, json, list, number, real, text, timestamp } from '../../src/authoring/column-words.ts'
import { checkSource } from '../../src/warehouse/duckdb/check-source.ts'
import { sourceTable, toldOf, useBench } from './raw-support.ts'

const bench = useBench()
const columns = { user: text('Who'), at: timestamp('When') }
const told = (table: ReturnType<typeof sourceTable>) => toldOf(checkSource(bench.session, table), bench)

describe('A raw file', () => {
  test('with the declared columns and others besides is right', async () => {
    const file = bench.file('events.csv', 'extra,at,user\n1,2026-06-01,ann\n')
    expect(await told(sourceTable(columns, { file }))).toBe('')
  })

  test('that holds only a header is right', async () => {
    expect(await told(sourceTable(columns, { file: bench.file('events.csv', 'user,at') }))).toBe('')
  })

  test('of no bytes has no header', async () => {
    expect(await told(sourceTable(columns, { file: bench.file('events.csv', '') }))).toBe(
      'events.csv:1:1  shop.events: it is empty: not even a header line stands in it\n' +
        '  expected: a CSV file in UTF-8 whose first line names the columns',
    )
  })

  test('in UTF-16 is refused at its header', async () => {
    const file = bench.file('events.csv', Buffer.from('\ufeffuser,at\n', 'utf16le'))
    expect(await told(sourceTable(columns, { file }))).toContain('its header is not UTF-8 (it looks like UTF-16)')
  })

  test('of lines of JSON may lack columns, and not all of them in all of its first lines', async () => {
    const file = bench.file('events.jsonl', '{"who":"ann","ts":1}\n{"who":"bob","Page":"/"}\n')
    expect(await told(sourceTable(columns, { file }))).toBe(
      'shop.events: the first lines of events.jsonl have none of the columns that are read: user, at\n  their fields: Page, ts, who',
    )
    for (const text of ['{"who":"ann"}\n{"user":"bob"}\n', '{"user":null}\n', '\n', '', '{}\n', 'no JSON\n'])
      expect(await told(sourceTable(columns, { file: bench.file('more.jsonl', text) }))).toBe('')
  })

  test('that is not there names its nearest neighbour', async () => {
    bench.file('events.csv', 'user,at\n')
    expect(await told(sourceTable(columns, { file: bench.path('evnets.csv') }))).toBe(
      'shop.events: evnets.csv is not there; did you mean events.csv?\n  make the file, or mend the path in the config',
    )
  })

  test('in a folder that is not there says so', async () => {
    expect(await told(sourceTable(columns, { file: bench.path('gone/events.csv') }))).toContain(
      'shop.events: gone/events.csv is not there: there is no folder gone',
    )
  })

  test('may not be a folder', async () => {
    mkdirSync(bench.path('events.csv'))
    expect(await told(sourceTable(columns, { file: bench.path('events.csv') }))).toBe(
      'shop.events: events.csv is a folder, not a file\n  name a file in it, or a pattern such as events.csv/*.csv',
    )
  })

  test('of an unknown kind is refused', async () => {
    expect(await told(sourceTable(columns, { file: bench.file('events.xlsx', 'PK') }))).toContain(
      'shop.events: events.xlsx is of a kind that cannot be read\n  expected: a name that ends in .csv',
    )
  })

  test('without two of its columns tells of both, with what was probably meant', async () => {
    const file = bench.file('events.csv', 'User;time;"a;b"\n')
    expect(await told(sourceTable(columns, { file }))).toBe(
      'events.csv:1:1  shop.events: events.csv has no column "user"; did you mean User?\n' +
        '  its columns: User, time, a;b\n' +
        'events.csv:1:1  shop.events: events.csv has no column "at"\n' +
        '  its columns: User, time, a;b',
    )
  })

  test('with a declared column twice is refused', async () => {
    const file = bench.file('events.csv', 'user,at,user\n')
    expect(await told(sourceTable(columns, { file }))).toContain('has 2 columns named "user"')
  })

  test('of a pattern must have the header of the others', async () => {
    bench.file('events_1.csv', 'user,at\n')
    bench.file('events_2.csv', 'at,user\n')
    expect(await told(sourceTable(columns, { file: bench.path('events_*.csv') }))).toBe(
      'events_2.csv:1:1  shop.events: the header differs from that of events_1.csv\n  expected: user,at',
    )
  })

  test('of a pattern that nothing matches is missing', async () => {
    expect(await told(sourceTable(columns, { file: bench.path('events_*.csv') }))).toContain(
      'shop.events: no file matches events_*.csv',
    )
  })
})

describe('A Parquet file', () => {
  const write = async (select: string) => {
    const file = bench.path('events.parquet')
    await bench.session.execute(`copy (${select}) to '${file}'`)
    return file
  }

  test('whose columns changed in type tells of each, with what was found and expected', async () => {
    const file = await write(
      `select {'first': 'Ann'} as user, 12.5::double as at, 1.5::double as amount, [1] as tags, '\\x00'::blob as picture`,
    )
    const declared = { ...columns, amount: number('€'), tags: text('T'), picture: text('P') }
    expect(await told(sourceTable(declared, { file }))).toBe(
      [
        'shop.events: column "user" of events.parquet has changed in type: it is struct("first" varchar)',
        '  expected: text, stored as any single value',
        '  mend the data, or the type declared for it',
        'shop.events: column "at" of events.parquet has changed in type: it is double',
        '  expected: timestamp, stored as a timestamp, a date or text',
        '  mend the data, or the type declared for it',
        'shop.events: column "tags" of events.parquet has changed in type: it is integer[]',
        '  expected: text, stored as any single value',
        '  mend the data, or the type declared for it',
        'shop.events: column "picture" of events.parquet has changed in type: it is blob',
        '  expected: text, stored as any single value',
        '  mend the data, or the type declared for it',
      ].join('\n'),
    )
  })

  test('may hold a column in any type that suits', async () => {
    const file = await write(
      `select 7 as user, now() as at, 5::utinyint as size, '5' as amount, 1.25::decimal(9,2) as score, {'a': 1} as props, ['x'] as tags`,
    )
    const declared = {
      ...columns,
      size: integer('S'),
      amount: integer('A'),
      score: real('S'),
      props: json('P'),
      tags: list(text(''), 'T'),
    }
    expect(await told(sourceTable(declared, { file }))).toBe('')
  })

  test('that is none says so', async () => {
    expect(await told(sourceTable(columns, { file: bench.file('events.parquet', 'user,at\n') }))).toMatch(
      /^shop\.events: events\.parquet cannot be read as Parquet: ./,
    )
  })
})

describe('A table of the database', () => {
  test('that is not there names its nearest neighbour', async () => {
    await bench.session.execute('create schema raw; create table raw.events (user_name text)')
    expect(await told(sourceTable(columns, { table: 'raw.event' }))).toBe(
      'shop.events: there is no table raw.event; did you mean raw.events?\n' +
        '  make the table in this database, or mend its name in the config (schema.table)',
    )
  })

  test('may be a view, with names that need quotes', async () => {
    await bench.session.execute(
      `create schema raw; create view raw."drop table ""x"" 😀" as select 'ann' as user, date '2026-06-01' as at`,
    )
    expect(await told(sourceTable(columns, { table: 'raw.drop table "x" 😀' }))).toBe('')
  })

  test('tells of a missing column and a changed one at once', async () => {
    await bench.session.execute('create schema raw; create table raw.events (usr text, "at" integer)')
    expect(await told(sourceTable(columns, { table: 'raw.events' }))).toBe(
      'shop.events: raw.events has no column "user"; did you mean usr?\n' +
        '  its columns: usr, at\n' +
        'shop.events: column "at" of raw.events has changed in type: it is integer\n' +
        '  expected: timestamp, stored as a timestamp, a date or text\n' +
        '  mend the data, or the type declared for it',
    )
  })
})
