import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Columns } from '../../../src/authoring/column.ts'
import type { Location } from '../../../src/authoring/location.ts'
import type { CompiledSourceTable } from '../../../src/compile/compiled.ts'
import { boolean, date, integer, json, list, number, real, record, text, timestamp } from '../../../src/index.ts'
import { ProblemsError } from '../../../src/problems/problem.ts'
import type { FieldResource } from '../../../src/warehouse/bigquery/resources.ts'
import { folderOf } from '../../support/project.ts'
import { type ScriptedApi, scriptedApi } from './scripted-api.ts'
import { type ScriptedRows, StandingTables } from './standing-tables.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const from = (
  location: Location,
  columns: Columns,
  times: Pick<CompiledSourceTable, 'loadedAt' | 'happenedAt'> = {},
): CompiledSourceTable => ({
  name: 'crm.contact',
  source: 'crm',
  tableKey: 'contact',
  description: 'Contacts.',
  columns,
  location,
  ...times,
  table: { schema: 'j_raw', name: 'crm__contact', database: 'acme' },
  path: 'sources/crm.ts',
  file: '/sources/crm.ts',
})

const counted = (count: number): ScriptedRows => ({
  fields: [{ name: 'row_count', type: 'INTEGER' }],
  rows: [[String(count)]],
})
const rawTable = (path = 'raw_crm.contact'): Location => ({ table: path, canDoWithout: 'contact', badRows: 'fail' })

async function warehouseWith(tables: StandingTables) {
  api = await scriptedApi(tables.answer)
  const warehouse = await api.open()
  return { warehouse, session: await warehouse.connect(), api }
}

async function problemsOf(work: Promise<unknown>) {
  const error = await work.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ProblemsError)
  return (error as ProblemsError).problems
}

describe('A raw table that stands in BigQuery', () => {
  const fields: FieldResource[] = [
    { name: 'id', type: 'INTEGER' },
    { name: 'Email', type: 'STRING' },
    { name: 'created', type: 'DATETIME' },
    { name: 'tags', type: 'STRING', mode: 'REPEATED' },
    { name: 'other', type: 'TIMESTAMP' },
  ]
  const columns = {
    id: integer('The contact'),
    email: text('E-mail'),
    created: timestamp('When, UTC'),
    tags: list(text(), 'Tags'),
    phone: text('Phone').nullable().mayBeMissing(),
  }

  it('is read through a view with the declared columns, a row id over all raw ones, and a row number', async () => {
    const tables = new StandingTables(() => counted(3)).add('acme', 'raw_crm', 'contact', { schema: { fields } })
    tables.datasets.set('acme/j_raw', {})
    const { warehouse, session } = await warehouseWith(tables)
    expect(await warehouse.land(session, from(rawTable(), columns), undefined)).toEqual({
      rowCount: 3,
      quarantinedCount: 0,
      remarks: [],
    })
    const id = (value: string) => `coalesce(concat(cast(byte_length(${value}) as string), ':', ${value}), '-')`
    expect(tables.statements).toEqual([
      `create or replace view acme.j_raw.crm__contact as
select *, row_number() over (order by tl_row_id) as tl_row_number
from (
  select r.\`id\` as \`id\`, r.\`Email\` as \`email\`, cast(r.\`created\` as timestamp) as \`created\`, r.\`tags\` as \`tags\`, cast(null as string) as \`phone\`, to_hex(sha256(array_to_string([${[
    id('cast(r.`id` as string)'),
    id('r.`Email`'),
    id("regexp_replace(format_datetime('%F %H:%M:%E6S', r.`created`), r'\\.?0+$', '')"),
    id('to_json_string(r.`tags`)'),
    id("regexp_replace(format_timestamp('%F %H:%M:%E6S', r.`other`), r'\\.?0+$', '')"),
  ].join(', ')}], ','))) as tl_row_id
  from \`acme\`.\`raw_crm\`.\`contact\` as r
)`,
      'select count(*) as row_count from `acme`.`raw_crm`.`contact`',
    ])
  })

  it('has a view that is left as it is while it reads the same, and keeps its place where it does not', async () => {
    const tables = new StandingTables(() => counted(3)).add('acme', 'raw_crm', 'contact', { schema: { fields } })
    tables.datasets.set('acme/j_raw', {})
    const { warehouse, session, api: asked } = await warehouseWith(tables)
    await warehouse.land(session, from(rawTable(), columns), undefined)
    const query = tables.statements[0]!.replace('create or replace view acme.j_raw.crm__contact as\n', '')
    const readsAgain = async (standing: string) => {
      tables.add('acme', 'j_raw', 'crm__contact', { type: 'VIEW', view: { query: standing, useLegacySql: false } })
      const [before, statements] = [asked.asked.length, tables.statements.length]
      await warehouse.land(session, from(rawTable(), columns), undefined)
      expect(tables.statements.slice(statements)).toEqual([expect.stringMatching(/^select count/)])
      return asked.asked.slice(before).filter(({ method }) => method === 'PATCH')
    }
    expect(await readsAgain(query)).toEqual([])
    expect(await readsAgain('select 1')).toMatchObject([
      { path: expect.stringMatching(/j_raw\/tables\/crm__contact$/), body: { view: { query, useLegacySql: false } } },
    ])
  })

  it('may stand in another project', async () => {
    const tables = new StandingTables(() => counted(3)).add('their-project', 'raw_crm', 'contact', {
      schema: { fields },
    })
    tables.datasets.set('acme/j_raw', {})
    const { warehouse, session } = await warehouseWith(tables)
    await warehouse.land(session, from(rawTable('their-project.raw_crm.contact'), columns), undefined)
    expect(tables.statements[1]).toBe('select count(*) as row_count from `their-project`.`raw_crm`.`contact`')
  })

  it('is checked by its columns alone: those that are missing, and those of a type that does not suit', async () => {
    const tables = new StandingTables().add('acme', 'raw_crm', 'contact', {
      schema: {
        fields: [
          { name: 'id', type: 'FLOAT' },
          { name: 'emial', type: 'STRING' },
          { name: 'who', type: 'RECORD', fields: [{ name: 'age', type: 'BYTES' }] },
        ],
      },
    })
    const { warehouse, session } = await warehouseWith(tables)
    const declared = { id: integer('The contact'), email: text('E-mail'), who: record({ age: integer() }, 'Who') }
    const problems = await problemsOf(warehouse.checkSource(session, from(rawTable(), declared)))
    expect(problems.map(({ message, suggestion, expected }) => [message, suggestion ?? expected])).toEqual([
      [
        'crm.contact: column "id" of raw_crm.contact has changed in type: it is float64',
        'integer, stored as int64, string',
      ],
      ['crm.contact: raw_crm.contact has no column "email"', 'emial'],
      [
        'crm.contact: column "who.age" of raw_crm.contact has changed in type: it is bytes',
        'integer, stored as int64, string',
      ],
    ])
    expect(tables.statements).toEqual([])
  })

  it('that is not there is told with what is near, and so is a dataset', async () => {
    const tables = new StandingTables().add('acme', 'raw_crm', 'contacts', {})
    const { warehouse, session } = await warehouseWith(tables)
    expect(await problemsOf(warehouse.checkSource(session, from(rawTable(), columns)))).toMatchObject([
      {
        message: 'crm.contact: there is no table raw_crm.contact',
        suggestion: 'contacts',
        hint: 'mend the schema in the config, or, where it is not loaded, say so in the config: without: [contact]',
      },
    ])
    expect(await problemsOf(warehouse.checkSource(session, from(rawTable('crm.contact'), columns)))).toMatchObject([
      { message: 'crm.contact: there is no dataset crm that this account can see' },
    ])
  })

  it('whose text is to be something else is looked at value by value', async () => {
    const raw: FieldResource[] = [
      { name: 'id', type: 'STRING' },
      { name: 'share', type: 'STRING' },
      { name: 'ok', type: 'INTEGER' },
      { name: 'data', type: 'STRING' },
    ]
    const declared = { id: integer('Id'), share: real('Share'), ok: boolean('Ok'), data: json('Data') }
    const badIn = (bad: number): ScriptedRows => ({
      fields: ['bad_count', 'bad_0', 'bad_1', 'bad_2'].map(name => ({ name, type: 'INTEGER' })),
      rows: [[bad, bad, 0, 0].map(String)],
    })
    const tables = new StandingTables(sql => (sql.includes('bad_count') ? badIn(2) : counted(5)))
    tables.add('acme', 'raw_crm', 'contact', { schema: { fields: raw } }).datasets.set('acme/j_raw', {})
    const { warehouse, session } = await warehouseWith(tables)
    expect(await problemsOf(warehouse.land(session, from(rawTable(), declared), undefined))).toMatchObject([
      { message: 'crm.contact: column "id" of raw_crm.contact is no integer in 2 of its rows' },
    ])
    const aside = from({ ...rawTable(), badRows: 'quarantine' } as Location, declared)
    expect(await warehouse.land(session, aside, undefined)).toMatchObject({ rowCount: 3, quarantinedCount: 2 })
    const made = tables.statements.filter(sql => sql.startsWith('create'))
    expect(made.map(sql => sql.split('\n')[0])).toEqual([
      'create or replace view acme.j_raw.crm__contact as',
      'create or replace view acme.j_raw.crm__contact__quarantine as',
    ])
    const isBad = "(trim(r.`id`) <> '' and safe_cast(nullif(trim(r.`id`), '') as int64) is null)"
    expect(made[1]).toContain(`where ${isBad}`)
    expect(made[0]).toContain(`where not coalesce(${isBad}`)
    expect(made[0]).toContain('(r.`ok` <> 0) as `ok`')
    expect(made[0]).toContain('safe.parse_json(r.`data`) as `data`')
  })

  it('that the company does without is a view of no rows', async () => {
    const tables = new StandingTables().add('acme', 'j_raw', 'crm__contact', { type: 'TABLE' })
    const { warehouse, session, api: asked } = await warehouseWith(tables)
    const table = from({ notLoaded: true, badRows: 'fail' }, { id: integer('Id'), day: date('Day') })
    expect(await warehouse.land(session, table, undefined)).toEqual({ rowCount: 0, quarantinedCount: 0, remarks: [] })
    expect(asked.lines()).toContain('DELETE /projects/acme/datasets/j_raw/tables/crm__contact')
    expect(tables.tables.get('acme/j_raw/crm__contact')?.view).toEqual({
      query: `select cast(null as int64) as \`id\`, cast(null as date) as \`day\`, cast(null as string) as tl_row_id, cast(null as int64) as tl_row_number
from (select 1 as one)
where false`,
      useLegacySql: false,
    })
    expect(tables.statements).toEqual([])
  })

  it('tells how fresh it is, of the one column that says so', async () => {
    const latest: ScriptedRows = {
      fields: [
        { name: 'row_count', type: 'INTEGER' },
        { name: 'latest', type: 'TIMESTAMP' },
      ],
      rows: [['3', '1780315800000000']],
    }
    const tables = new StandingTables(() => latest).add('acme', 'raw_crm', 'contact', { schema: { fields } })
    const { warehouse, session } = await warehouseWith(tables)
    const table = from(rawTable(), columns, { loadedAt: 'created' })
    expect(await warehouse.freshness(session, table, '2026-06-02 00:00:00')).toEqual({
      rowCount: 3,
      latestAt: '2026-06-01 12:10:00',
    })
    expect(tables.statements).toEqual([
      'select count(*) as row_count, cast(max(cast(r.`created` as timestamp)) as timestamp) as latest\nfrom `acme`.`raw_crm`.`contact` as r',
    ])
  })

  it('tells how fresh its events are, of whole numbers in their unit, without those that are still to come', async () => {
    const latest: ScriptedRows = {
      fields: ['row_count', 'latest'].map(name => ({ name, type: 'INTEGER' })),
      rows: [['3', '1780315800123456']],
    }
    const tables = new StandingTables(() => latest).add('acme', 'raw_crm', 'contact', { schema: { fields } })
    const { warehouse, session } = await warehouseWith(tables)
    const table = from(rawTable(), columns, { happenedAt: { column: 'id', unit: 'epoch_microseconds' } })
    expect(await warehouse.freshness(session, table, '2026-06-02 00:00:00')).toEqual({
      rowCount: 3,
      latestAt: '2026-06-01 12:10:00.123456',
    })
    expect(tables.statements).toEqual([
      'select count(*) as row_count, max(case when r.`id` <= 1780358400000000 then r.`id` end) as latest\nfrom `acme`.`raw_crm`.`contact` as r',
    ])
  })
})

describe('Tables of days', () => {
  const fields = [
    { name: 'event_name', type: 'STRING' },
    { name: 'event_params', type: 'RECORD', mode: 'REPEATED', fields: [{ name: 'key', type: 'STRING' }] },
    { name: 'stream_id', type: 'STRING' },
  ]
  const columns = { event_name: text('What'), stream_id: text('Stream').nullable() }
  const days = () => {
    const tables = new StandingTables(() => counted(9))
    tables.datasets.set('acme/j_raw', {})
    for (const day of ['20260530', '20260531', '20260601'])
      tables.add('acme', 'ga', `events_${day}`, { schema: { fields } })
    for (const day of ['20260601', '20260602']) {
      tables.add('acme', 'ga', `events_intraday_${day}`, { schema: { fields: fields.slice(0, 2) } })
    }
    // Beside them, what somebody has copied.
    for (const copy of ['backup', '20260531_backup', '2026053x', 'intraday_20260602_backup'])
      tables.add('acme', 'ga', `events_${copy}`, { schema: { fields } })
    return tables
  }

  it('are read as one, a day that is finished from its own table alone, from the first day on that is wanted', async () => {
    const tables = days()
    const { warehouse, session } = await warehouseWith(tables)
    const location: Location = {
      table: 'ga.events',
      badRows: 'fail',
      shards: { since: '2026-05-31', intraday: 'intraday' },
    }
    await warehouse.land(session, from(location, columns), undefined)
    const relation =
      "(select `event_name`, `event_params`, `stream_id` from `acme`.`ga`.`events_*` where _table_suffix between '20260531' and '20260601' and regexp_contains(_table_suffix, r'^[0-9]{8}$')\n" +
      "union all select `event_name`, `event_params`, null as `stream_id` from `acme`.`ga`.`events_intraday_*` where _table_suffix in ('20260602'))"
    expect(tables.statements[1]).toBe(`select count(*) as row_count from ${relation}`)
    expect(tables.statements[0]).toContain(`from ${relation} as r`)
  })

  it('give way to a table of the plain name', async () => {
    const tables = days().add('acme', 'ga', 'events', { schema: { fields } })
    const { warehouse, session } = await warehouseWith(tables)
    await warehouse.land(session, from({ table: 'ga.events', badRows: 'fail', shards: {} }, columns), undefined)
    expect(tables.statements[1]).toBe('select count(*) as row_count from `acme`.`ga`.`events`')
  })

  it('of which there are none are told as what is missing', async () => {
    const { warehouse, session } = await warehouseWith(days())
    const table = from({ table: 'ga.events', badRows: 'fail', shards: { since: '2026-07-01' } }, columns)
    expect(await problemsOf(warehouse.checkSource(session, table))).toMatchObject([
      { message: 'crm.contact: there is no table ga.events, nor tables of days, ga.events_20260601 …' },
    ])
  })
})

describe('Files of this computer', () => {
  const csv = 'id,amount,placed_at,note\n1,12.5,2026-06-01 10:00:00.25,"é, ""x"""\n2,,,\n'
  const columns = { id: integer('Id'), amount: number('Amount').nullable(), placed_at: timestamp('When').nullable() }

  it('are landed as DuckDB lands them, and loaded as JSON lines of given types', async () => {
    const tables = new StandingTables()
    tables.datasets.set('acme/j_raw', {})
    const { warehouse, session, api: asked } = await warehouseWith(tables)
    const file = join(folderOf({ 'contact.csv': csv }), 'contact.csv')
    const landed = await warehouse.land(session, from({ file, badRows: 'fail' }, columns), undefined)
    expect(landed).toEqual({ rowCount: 2, quarantinedCount: 0, remarks: [] })
    const sent = asked.asked.find(({ upload }) => upload !== undefined)!
    expect(sent.query.get('uploadType')).toBe('multipart')
    expect(sent.body.configuration.load).toEqual({
      destinationTable: { projectId: 'acme', datasetId: 'j_raw', tableId: 'crm__contact' },
      schema: {
        fields: [
          { name: 'id', type: 'INTEGER', mode: 'NULLABLE' },
          { name: 'amount', type: 'NUMERIC', mode: 'NULLABLE' },
          { name: 'placed_at', type: 'TIMESTAMP', mode: 'NULLABLE' },
          { name: 'tl_row_id', type: 'STRING', mode: 'NULLABLE' },
          { name: 'tl_row_number', type: 'INTEGER', mode: 'NULLABLE' },
        ],
      },
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      autodetect: false,
      maxBadRecords: 0,
      createDisposition: 'CREATE_IF_NEEDED',
      writeDisposition: 'WRITE_TRUNCATE',
    })
    const lines = sent.upload!.toString('utf8').trim().split('\n')
    const rows = lines.map(line => JSON.parse(line) as Record<string, unknown>)
    expect(rows.map(({ tl_row_id: _, ...row }) => row)).toEqual([
      { id: '1', amount: '12.500000000', placed_at: '2026-06-01 10:00:00.25', tl_row_number: '1' },
      { id: '2', amount: null, placed_at: null, tl_row_number: '2' },
    ])
    expect(rows.every(({ tl_row_id: id }) => /^[0-9a-f]{64}$/.test(String(id)))).toBe(true)
  })

  it('keep whole numbers, decimals and what is nested as they are', async () => {
    const line = '{"id": 9007199254740993, "tags": [{"k": "a", "n": 9223372036854775807}], "data": {"b": [1, null]}}'
    const tables = new StandingTables()
    tables.datasets.set('acme/j_raw', {})
    const { warehouse, session, api: asked } = await warehouseWith(tables)
    const file = join(folderOf({ 'contact.jsonl': `${line}\n` }), 'contact.jsonl')
    const nested = { id: integer('Id'), tags: list(record({ k: text(), n: integer() }), 'Tags'), data: json('Data') }
    await warehouse.land(session, from({ file, badRows: 'fail' }, nested), undefined)
    const sent = asked.asked.find(({ upload }) => upload !== undefined)!
    expect(JSON.parse(sent.upload!.toString('utf8'))).toMatchObject({
      id: '9007199254740993',
      tags: [{ k: 'a', n: '9223372036854775807' }],
      data: { b: [1, null] },
    })
  })

  it('with a row that cannot be read load nothing, and tell its line', async () => {
    const tables = new StandingTables()
    const { warehouse, session } = await warehouseWith(tables)
    const file = join(folderOf({ 'contact.csv': `${csv}x,1,,\n` }), 'contact.csv')
    const problems = await problemsOf(warehouse.land(session, from({ file, badRows: 'fail' }, columns), undefined))
    expect(problems[1]).toMatchObject({ place: { file, line: 4, column: 1 } })
    expect(tables.statements).toEqual([])
  })

  it('set such rows aside where that is wanted, in a table of their own', async () => {
    const tables = new StandingTables()
    tables.datasets.set('acme/j_raw', {})
    const { warehouse, session, api: asked } = await warehouseWith(tables)
    const file = join(folderOf({ 'contact.csv': `${csv}x,1,,\n` }), 'contact.csv')
    const landed = await warehouse.land(session, from({ file, badRows: 'quarantine' }, columns), undefined)
    expect(landed).toEqual({ rowCount: 2, quarantinedCount: 1, remarks: [] })
    const loads = asked.asked.filter(({ upload }) => upload !== undefined)
    expect(loads.map(({ body }) => (body.configuration.load.destinationTable as { tableId: string }).tableId)).toEqual([
      'crm__contact',
      'crm__contact__quarantine',
    ])
  })

  it('of a seed become its table', async () => {
    const tables = new StandingTables()
    const { warehouse, session, api: asked } = await warehouseWith(tables)
    const file = join(folderOf({ 'sites.csv': 'site,visits\nx,3\n' }), 'sites.csv')
    const types = { site: { kind: 'text' }, visits: { kind: 'integer' } } as const
    await warehouse.loadSeed(session, file, types, { schema: 'j_tl_scratch', name: 'sites', database: 'acme' })
    const sent = asked.asked.find(({ upload }) => upload !== undefined)!
    expect(sent.upload!.toString('utf8')).toBe('{"site":"x","visits":"3"}\n')
  })
})
