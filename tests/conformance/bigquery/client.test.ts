import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BigQuery } from '@google-cloud/bigquery'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { startGoogleSql } from './google-sql.ts'
import { clientOf } from './server/client.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'

let google: GoogleSql
let server: LocalBigQuery
let client: BigQuery
const folder = mkdtempSync(join(tmpdir(), 'throughline-client-'))

beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => {
  google?.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await server?.close()
  server = await startLocalBigQuery({ google })
  client = clientOf(server)
  await client.createDataset('shop', { location: 'EU' })
  await ask(
    "create table shop.orders as select 1 as id, numeric '10.5' as amount, timestamp '2026-01-01 00:00:00.000001' as seen union all select 2, null, null",
  )
  return () => server.close()
})

const ask = async (query: string, options: object = {}) => (await client.query({ query, ...options }))[0]
const failed = async (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: { code: number; message: string; errors: { reason: string }[] }) => error,
  )
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('A query', () => {
  test('gives rows of every type', async () => {
    const [row] = await ask(
      `
      select 9007199254740993 as big, 1.5 as real, 'é' as text, true as yes, numeric '-1.25' as money, date '2024-02-29' as day,
        datetime '2024-02-29 01:02:03.000004' as wall, time '01:02:03' as clock, timestamp '2026-03-29 01:30:00.000001' as instant,
        b'abc' as bytes, json '{"a": [1]}' as doc, [1, 2] as list, struct('x' as a, [struct(1 as b)] as c) as record, cast(null as string) as missing`,
      {
        wrapIntegers: true,
      },
    )
    expect(JSON.parse(JSON.stringify(row))).toMatchObject({
      big: { type: 'BigQueryInt', value: '9007199254740993' },
      real: 1.5,
      text: 'é',
      yes: true,
      day: { value: '2024-02-29' },
      wall: { value: '2024-02-29T01:02:03.000004' },
      clock: { value: '01:02:03' },
      instant: { value: '2026-03-29T01:30:00.000001000Z' },
      list: [{ value: '1' }, { value: '2' }],
      record: { a: 'x', c: [{ b: { value: '1' } }] },
      missing: null,
    })
    expect(String(row.money)).toBe('-1.25')
    expect(row.bytes.toString()).toBe('abc')
  })

  test('takes parameters by name and by place', async () => {
    const params = { ids: [1, 3], since: client.timestamp('2026-01-01T00:00:00Z'), who: { name: 'ana' } }
    expect(
      await ask('select id, @who.name as who from shop.orders where id in unnest(@ids) and seen >= @since', { params }),
    ).toEqual([{ id: 1, who: 'ana' }])
    expect(await ask('select ? + 1 as x, ? as y', { params: [1, 'a'] })).toEqual([{ x: 2, y: 'a' }])
  })

  test('reads names without a dataset in its default dataset', async () => {
    const [job] = await client.createQueryJob({
      query: 'select count(*) as n from orders',
      defaultDataset: { datasetId: 'shop' },
    })
    expect((await job.getQueryResults())[0]).toEqual([{ n: 2 }])
  })

  test('can be paged through, each page with the token of the next', async () => {
    const [job] = await client.createQueryJob('select x from unnest(generate_array(1, 25)) as x order by x')
    const sizes: number[] = []
    let token: string | undefined
    do {
      const [rows, next] = await job.getQueryResults({
        maxResults: 10,
        autoPaginate: false,
        ...(token ? { pageToken: token } : {}),
      })
      sizes.push(rows.length)
      token = (next as { pageToken?: string } | null)?.pageToken
    } while (token !== undefined)
    expect(sizes).toEqual([10, 10, 5])
  })

  test('of ten thousand pages comes whole', { timeout: 240_000 }, async () => {
    await server.close()
    server = await startLocalBigQuery({ google, pageRows: 1 })
    client = clientOf(server)
    const [job] = await client.createQueryJob('select x from unnest(generate_array(1, 10000)) as x order by x')
    const [rows] = await job.getQueryResults()
    expect(rows.length).toBe(10_000)
    expect(rows.at(-1)).toEqual({ x: 10_000 })
    expect(server.requests.filter(request => request.includes('/queries/')).length).toBe(10_000)
  })

  test('as a dry run says its columns and bytes, and does nothing', async () => {
    const [job] = await client.createQueryJob({
      query: 'create table shop.other as select id, amount from shop.orders',
      dryRun: true,
    })
    expect(Number(job.metadata.statistics.totalBytesProcessed)).toBeGreaterThan(0)
    const [typed] = await client.createQueryJob({
      query: 'select id, amount / 2 as half from shop.orders',
      dryRun: true,
    })
    expect(
      typed.metadata.statistics.query.schema.fields.map(
        (field: { name: string; type: string }) => `${field.name} ${field.type}`,
      ),
    ).toEqual(['id INTEGER', 'half NUMERIC'])
    expect((await client.dataset('shop').table('other').exists())[0]).toBe(false)
    expect(server.jobs().length).toBe(1)
  })
})

describe('An error is told as Google tells it', () => {
  test.each([
    ['select idd from shop.orders', 400, 'invalidQuery', 'Unrecognized name: idd; Did you mean id? at [1:8]'],
    ['select 1 +', 400, 'invalidQuery', 'Syntax error: Unexpected end of statement at [1:11]'],
    ['select 1 from shop.none', 404, 'notFound', 'Not found: Table proof:shop.none was not found in location EU'],
    ['select 1 from nowhere.none', 404, 'notFound', 'Not found: Dataset proof:nowhere was not found in location EU'],
    [
      'select 1 from `elsewhere.shop.orders`',
      403,
      'accessDenied',
      'Access Denied: Table elsewhere:shop.orders: User does not have permission to query table elsewhere:shop.orders, or perhaps it does not exist.',
    ],
    [
      "create or replace table shop.orders partition by day as select date '2026-01-01' as day",
      400,
      'invalidQuery',
      'Cannot replace a table with a different partitioning spec. Instead, DROP the table, and then recreate it. New partitioning spec is interval(type:day,field:day) and existing spec is none',
    ],
    ['create table shop.orders (x int64)', 409, 'duplicate', 'Already Exists: Table proof:shop.orders'],
    ['select 1 / (id - 1) as x from shop.orders', 400, 'invalidQuery', 'division by zero: 1 / 0'],
    ['declare x int64 default 1', 501, 'notImplemented', 'procedural language'],
  ])('%s', async (query, code, reason, message) => {
    const error = await failed(client.query({ query }))
    expect({ code: error.code, reason: error.errors[0]!.reason, message: error.message }).toEqual({
      code,
      reason,
      message,
    })
  })

  test('at its line and column in a script', async () => {
    const error = await failed(client.query("select 'é';\nselect x\n  from shop.orders"))
    expect(error.message).toContain('Unrecognized name: x at [2:8]')
  })

  test('and by the job, where it shows only when it runs', async () => {
    const query = 'select 1 / (id - 1) as x from shop.orders'
    expect((await failed(client.createQueryJob({ query, jobId: 'failing' }))).message).toBe('division by zero: 1 / 0')
    const [metadata] = await client.job('failing').getMetadata()
    expect(metadata.status).toMatchObject({
      state: 'DONE',
      errorResult: { reason: 'invalidQuery', message: 'division by zero: 1 / 0' },
    })
  })

  test('where the token is wrong', async () => {
    const headers = { authorization: 'Bearer forged' }
    const answer = await fetch(`${server.address}/bigquery/v2/projects/proof/datasets`, { headers })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } })
  })

  test('where more bytes would be billed than allowed, and nothing is done', async () => {
    const error = await failed(
      client.query({ query: 'create table shop.x as select * from shop.orders', maximumBytesBilled: '1000' }),
    )
    expect(error.errors[0]!.reason).toBe('bytesBilledLimitExceeded')
    expect((await client.dataset('shop').table('x').exists())[0]).toBe(false)
  })
})

describe('A statement', () => {
  const rows = (table = 'orders') => ask(`select * from shop.${table} order by 1`)

  test('makes, changes and drops tables and views', async () => {
    await ask('create or replace view shop.big (order_id) as select id from shop.orders where id > 1')
    expect(await rows('big')).toEqual([{ order_id: 2 }])
    await ask(
      "create table shop.items (id int64 not null, tags array<string>) options (description = 'What was bought', labels = [('team', 'growth')])",
    )
    await ask("alter table shop.items add column note string options (description = 'Free text')")
    const [table] = await client.dataset('shop').table('items').getMetadata()
    expect(table).toMatchObject({ description: 'What was bought', labels: { team: 'growth' } })
    expect(table.schema.fields).toEqual([
      { name: 'id', type: 'INTEGER', mode: 'REQUIRED' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
      { name: 'note', type: 'STRING', mode: 'NULLABLE', description: 'Free text' },
    ])
    expect((await failed(client.query("insert into shop.items (note) values ('x')"))).message).toContain(
      'cannot be null',
    )
    await ask('alter table shop.items rename to things')
    await ask('drop table shop.things; drop view shop.big')
    expect((await client.dataset('shop').getTables())[0].map(({ id }) => id)).toEqual(['orders'])
  })

  test('changes rows, and says how many', async () => {
    const [job] = await client.createQueryJob('insert into shop.orders (id) values (3), (4); ')
    await job.getQueryResults()
    expect((await job.getMetadata())[0].statistics.query).toMatchObject({
      statementType: 'INSERT',
      numDmlAffectedRows: '2',
      dmlStats: { insertedRowCount: '2' },
    })
    await ask('update shop.orders set amount = 7 where id = 3')
    await ask('delete from shop.orders where id in (1, 4)')
    expect((await rows()).map(({ id, amount }) => [id, amount && String(amount)])).toEqual([
      [2, null],
      [3, '7'],
    ])
    await ask('truncate table shop.orders')
    expect(await rows()).toEqual([])
  })

  test('merges', async () => {
    const [job] = await client.createQueryJob(`
      merge shop.orders as o
      using (select 2 as id, numeric '99' as amount union all select 5, 1 union all select 6, 2) as n
      on o.id = n.id
      when matched then update set amount = n.amount
      when not matched and n.id = 5 then insert (id, amount) values (n.id, n.amount)
      when not matched by source then delete`)
    await job.getQueryResults()
    expect((await job.getMetadata())[0].statistics.query.dmlStats).toEqual({
      insertedRowCount: '1',
      updatedRowCount: '1',
      deletedRowCount: '1',
    })
    expect((await rows()).map(({ id, amount }) => [id, String(amount)])).toEqual([
      [2, '99'],
      [5, '1'],
    ])
  })

  test('that would merge two rows into one is refused, and changes nothing', async () => {
    const error = await failed(
      client.query(
        'merge shop.orders as o using (select 1 as id union all select 1) as n on o.id = n.id when matched then delete',
      ),
    )
    expect(error.message).toContain('UPDATE/MERGE must match at most one source row for each target row')
    expect((await rows()).length).toBe(2)
  })

  test('in a transaction is done with all the others or not at all', async () => {
    await ask(
      'begin transaction; insert into shop.orders (id) values (8); delete from shop.orders where id = 1; commit transaction',
    )
    expect((await rows()).map(({ id }) => id)).toEqual([2, 8])
    await failed(
      client.query('begin transaction; insert into shop.orders (id) values (9); select 1 / 0; commit transaction'),
    )
    await ask('begin transaction; insert into shop.orders (id) values (9); rollback transaction')
    expect((await rows()).map(({ id }) => id)).toEqual([2, 8])
  })

  test('keeps what those before it in a script did, where it fails', async () => {
    await failed(client.query('insert into shop.orders (id) values (9); select 1 / 0'))
    expect((await rows()).map(({ id }) => id)).toEqual([1, 2, 9])
  })

  test('uses temporary tables, which are gone afterwards', async () => {
    expect(await ask('create temp table t as select 5 as x; select x + 1 as y from t')).toEqual([{ y: 6 }])
    expect((await failed(client.query('select * from t'))).message).toContain('must be qualified with a dataset')
  })

  test('reads tables by a wildcard, with their suffixes', async () => {
    await ask(
      "create table shop.events_20260101 as select 'a' as e; create table shop.events_20260102 as select 'b' as e; create table shop.events_intraday_20260103 as select 'c' as e",
    )
    expect(
      await ask(
        "select e, _table_suffix as s from `shop.events_*` where _table_suffix between '20260102' and '20261231' order by s",
      ),
    ).toEqual([{ e: 'b', s: '20260102' }])
    expect(await ask('select count(*) as n from `proof.shop.events_2026*`')).toEqual([{ n: 2 }])
  })

  test('is refused a partition or cluster key that BigQuery would refuse', async () => {
    const make = (clauses: string) =>
      failed(
        client.query(
          `create table shop.x (seen timestamp, d date, f float64, a int64, b int64, c int64, e int64, g int64) ${clauses}`,
        ),
      )
    expect((await make('partition by seen')).message).toContain('PARTITION BY expression must be')
    expect((await make('cluster by a, b, c, e, g')).message).toContain('maximum number of clustering columns is 4')
    expect((await make('cluster by f')).message).toContain('CLUSTER BY')
  })

  test('reads what INFORMATION_SCHEMA knows', async () => {
    await ask(
      "create table shop.daily (day date, `a` struct<b string>, n int64) partition by day cluster by n options (description = 'By day', partition_expiration_days = 30)",
    )
    await ask(
      "insert into shop.daily (day, n) values ('2026-01-01', 1), ('2026-01-01', 2), ('2026-01-02', 3), (null, 4)",
    )
    expect(await ask('select table_name, table_type from shop.INFORMATION_SCHEMA.TABLES order by 1')).toEqual([
      { table_name: 'daily', table_type: 'BASE TABLE' },
      { table_name: 'orders', table_type: 'BASE TABLE' },
    ])
    expect(
      await ask(
        "select column_name, data_type, is_partitioning_column as p, clustering_ordinal_position as c from shop.INFORMATION_SCHEMA.COLUMNS where table_name = 'daily' order by ordinal_position",
      ),
    ).toEqual([
      { column_name: 'day', data_type: 'DATE', p: 'YES', c: null },
      { column_name: 'a', data_type: 'STRUCT<b STRING>', p: 'NO', c: null },
      { column_name: 'n', data_type: 'INT64', p: 'NO', c: 1 },
    ])
    expect(
      await ask(
        "select field_path from shop.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS where table_name = 'daily' order by 1",
      ),
    ).toEqual(['a', 'a.b', 'day', 'n'].map(field_path => ({ field_path })))
    expect(await ask('select option_name, option_value from shop.INFORMATION_SCHEMA.TABLE_OPTIONS order by 1')).toEqual(
      [
        { option_name: 'description', option_value: '"By day"' },
        { option_name: 'partition_expiration_days', option_value: '30' },
      ],
    )
    expect(
      await ask(
        "select partition_id, total_rows from shop.INFORMATION_SCHEMA.PARTITIONS where table_name = 'daily' order by 1",
      ),
    ).toEqual([
      { partition_id: '20260101', total_rows: 2 },
      { partition_id: '20260102', total_rows: 1 },
      { partition_id: '__NULL__', total_rows: 1 },
    ])
  })
})

describe('A destination table', () => {
  const into = async (writeDisposition: string, query = 'select 9 as id') => {
    const [job] = await client.createQueryJob({
      query,
      destination: client.dataset('shop').table('into'),
      writeDisposition,
    })
    await job.getQueryResults()
    return (await ask('select * from shop.into order by 1')).map(row => row.id)
  }

  test('is made, filled, added to and overwritten as its disposition says', async () => {
    expect(await into('WRITE_EMPTY')).toEqual([9])
    expect((await failed(into('WRITE_EMPTY'))).message).toContain('Already Exists: Table proof:shop.into')
    expect(await into('WRITE_APPEND', 'select 10 as id')).toEqual([9, 10])
    expect(await into('WRITE_TRUNCATE_DATA', 'select 11 as id')).toEqual([11])
    expect(await into('WRITE_TRUNCATE', "select 'a' as id")).toEqual(['a'])
  })

  test('keeps its columns unless the job may change them', async () => {
    await into('WRITE_EMPTY')
    expect((await failed(into('WRITE_APPEND', 'select 1 as id, 2 as more'))).message).toContain(
      'Cannot add fields (field: more)',
    )
    expect((await failed(into('WRITE_TRUNCATE_DATA', "select 'a' as id"))).message).toContain(
      'has changed type from INT64 to STRING',
    )
  })
})

describe('A load job', () => {
  const schema = {
    fields: [
      { name: 'id', type: 'INTEGER' },
      { name: 'amount', type: 'NUMERIC' },
      { name: 'seen', type: 'TIMESTAMP' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
    ],
  }
  const load = async (name: string, text: string, options: object) => {
    const [job] = await client.dataset('shop').table('loaded').load(file(name, text), options)
    return job
  }
  const loaded = () =>
    ask('select id, cast(amount as string) as amount, cast(seen as string) as seen, tags from shop.loaded order by id')

  test('takes newline JSON', async () => {
    const job = await load(
      'a.json',
      '{"id":1,"amount":"7.25","seen":"2026-01-03T05:06:07.000001Z","tags":["z"]}\n{"id":"2","seen":1.5}\n',
      { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema },
    )
    expect(job.statistics?.load).toMatchObject({ outputRows: '2', badRecords: '0' })
    expect(await loaded()).toEqual([
      { id: 1, amount: '7.25', seen: '2026-01-03 05:06:07.000001+00', tags: ['z'] },
      { id: 2, amount: null, seen: '1970-01-01 00:00:01.500+00', tags: [] },
    ])
  })

  test('takes CSV, with quotes, line breaks and NULLs', async () => {
    await ask('create table shop.loaded (id int64, amount numeric, seen timestamp, note string)')
    await load('b.csv', 'id,amount,seen,note\n1,2.5,2026-01-01 00:00:00,"a ""b"",\nc"\n2,,,""\n', {
      skipLeadingRows: 1,
      sourceFormat: 'CSV',
    })
    expect(await ask('select id, amount is null as n, note from shop.loaded order by id')).toEqual([
      { id: 1, n: false, note: 'a "b",\nc' },
      { id: 2, n: true, note: '' },
    ])
  })

  test('overwrites or adds as its disposition says', async () => {
    const row = (id: number) => `{"id":${id}}\n`
    const options = { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema }
    await load('c.json', row(1), options)
    await load('c.json', row(2), { ...options, writeDisposition: 'WRITE_APPEND' })
    expect((await loaded()).map(({ id }) => id)).toEqual([1, 2])
    await load('c.json', row(3), { ...options, writeDisposition: 'WRITE_TRUNCATE' })
    expect((await loaded()).map(({ id }) => id)).toEqual([3])
  })

  test('with a row that cannot be read loads nothing, and says which', async () => {
    const error = await failed(
      load('d.json', '{"id":1}\n{"id":"x"}\n', { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema }),
    )
    expect(error.message).toContain("starting at line 2: Could not parse 'x' as INT64 for field id")
    expect((await client.dataset('shop').table('loaded').exists())[0]).toBe(false)
  })

  test('can be sent in pieces', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => JSON.stringify({ id: index })).join('\n')
    const headers = { authorization: 'Bearer local' }
    const url = `${server.address}/upload/bigquery/v2/projects/proof/jobs?uploadType=resumable`
    const configuration = {
      load: {
        destinationTable: { datasetId: 'shop', tableId: 'loaded' },
        sourceFormat: 'NEWLINE_DELIMITED_JSON',
        schema,
      },
    }
    const begun = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ configuration }),
    })
    const next = begun.headers.get('location')!
    const send = (from: number, to: number) =>
      fetch(next, {
        method: 'PUT',
        headers: { ...headers, 'content-range': `bytes ${from}-${to - 1}/${rows.length}` },
        body: rows.slice(from, to),
      })
    expect((await send(0, 100)).status).toBe(308)
    expect((await send(100, rows.length)).status).toBe(200)
    expect(await ask('select count(*) as n from shop.loaded')).toEqual([{ n: 50 }])
  })
})

describe('Datasets, tables and jobs', () => {
  test('are listed, described and removed', async () => {
    expect((await client.getDatasets())[0].map(({ id }) => id)).toEqual(['shop'])
    expect((await client.dataset('shop').getMetadata())[0]).toMatchObject({ location: 'EU' })
    expect((await failed(client.createDataset('shop'))).code).toBe(409)
    await client
      .dataset('shop')
      .table('orders')
      .setMetadata({ labels: { team: 'growth' }, description: 'Orders' })
    expect((await client.dataset('shop').table('orders').getMetadata())[0]).toMatchObject({
      labels: { team: 'growth' },
      description: 'Orders',
      numRows: '2',
    })
    expect((await failed(client.dataset('shop').delete())).errors[0]!.reason).toBe('resourceInUse')
    await client.dataset('shop').delete({ force: true })
    expect((await client.dataset('shop').exists())[0]).toBe(false)
  })

  test('a table made through the API has its partitions, and takes streamed rows', async () => {
    const [table] = await client.dataset('shop').createTable('raw', {
      schema: [
        { name: 'id', type: 'INT64' },
        { name: 'seen', type: 'TIMESTAMP', description: 'When' },
      ],
      timePartitioning: { type: 'DAY', field: 'seen' },
      clustering: { fields: ['id'] },
    })
    await table.insert([{ id: 1, seen: '2026-01-01T00:00:00Z' }])
    expect((await table.getMetadata())[0]).toMatchObject({
      timePartitioning: { type: 'DAY', field: 'seen' },
      clustering: { fields: ['id'] },
      numRows: '1',
    })
    expect((await table.getRows())[0]).toMatchObject([{ id: 1 }])
  })

  test('an ingestion-time table knows when its rows came in', async () => {
    await ask('create table shop.raw (id int64) partition by _partitiondate; insert into shop.raw (id) values (1)')
    expect(
      await ask('select id, cast(_partitiontime as string) as t, cast(_partitiondate as string) as d from shop.raw'),
    ).toEqual([{ id: 1, t: '2026-06-01 00:00:00+00', d: '2026-06-01' }])
  })

  test('a table is copied with what it holds', async () => {
    await client.dataset('shop').table('orders').copy(client.dataset('shop').table('copied'))
    expect(await ask('select count(*) as n from shop.copied')).toEqual([{ n: 2 }])
  })

  test('a job can be looked up, and its id used once', async () => {
    const [job] = await client.createQueryJob({
      query: 'select 1 as x',
      jobId: 'run_1',
      labels: { model: 'orders' },
      location: 'EU',
    })
    expect((await client.job('run_1', { location: 'EU' }).getMetadata())[0]).toMatchObject({
      configuration: { labels: { model: 'orders' } },
      status: { state: 'DONE' },
    })
    expect(job.id).toBe('run_1')
    const error = await failed(client.createQueryJob({ query: 'select 1 as x', jobId: 'run_1', location: 'EU' }))
    expect([error.code, error.errors[0]!.reason]).toEqual([409, 'duplicate'])
    expect((await client.getJobs())[0].map(({ id }) => id)).toContain('run_1')
    expect((await failed(client.job('run_2').getMetadata())).code).toBe(404)
  })
})
