import { describe, expect, test } from 'vitest'
import { ask, client, failed, serve, server, serveTheShop } from './served-shop.ts'

serveTheShop()

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
    await serve({ pageRows: 1 })
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
