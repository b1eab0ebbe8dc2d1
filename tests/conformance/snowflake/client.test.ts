import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { openConnections } from './client-support.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

describe.skipIf(whyNoFakesnow() !== undefined)("Snowflake's driver", () => {
  let server: LocalSnowflake
  let connections: Connections
  let session: SnowflakeSession
  beforeAll(async () => {
    server = await startLocalSnowflake({ firstRows: 100, chunkRows: 500 })
    connections = await openConnections(server)
    session = await SnowflakeSession.open(connections)
    await session.execute('create schema if not exists shop.journeys')
  })
  afterAll(async () => {
    session?.close()
    await connections?.close()
    await server?.close()
  })
  beforeEach(() =>
    session.execute('create or replace table shop.journeys.orders (order_id varchar, amount number(38, 9))'),
  )

  const failed = async (work: Promise<unknown>): Promise<WarehouseError> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof WarehouseError)) throw error ?? new Error('it should have failed')
    return error
  }

  it('gives numbers past 2^53, decimals, instants, JSON and NULLs as they are, names in lower case', async () => {
    const rows = await session.query(`
      select
        9007199254740993 as past, 12 as small, 12.5::number(38, 9) as amount, 0.25::double as share, true as is_new,
        'Zoë' as name, '2026-02-28'::date as day, '2026-06-01 12:30:00.5'::timestamp_ntz(6) as moment,
        parse_json('{"a": [1, null]}') as extra
      union all select null, null, null, null, null, null, null, null, null`)
    expect(rows).toHaveLength(2)
    expect(rows.find(({ name }) => name !== null)).toEqual({
      past: 9007199254740993n,
      small: 12,
      amount: '12.500000000',
      share: 0.25,
      is_new: true,
      name: 'Zoë',
      day: '2026-02-28',
      moment: '2026-06-01 12:30:00.5',
      extra: '{"a":[1,null]}',
    })
    expect(Object.values(rows.find(({ name }) => name === null)!)).toEqual(Array(9).fill(null))
  })

  it('gives the rows of a large answer as they come in', async () => {
    let count = 0
    let sum = 0
    for await (const { n } of session.stream('select seq4() as n from table(generator(rowcount => 3000))')) {
      count += 1
      sum += Number(n)
    }
    expect([count, sum]).toEqual([3000, (2999 * 3000) / 2])
    expect(server.requests.filter(request => request.startsWith('GET /chunk')).length).toBeGreaterThan(3)
  })

  it('describes a query without running it', async () => {
    const described = await session.describe(
      "select order_id, amount, 1 as one, current_date() as day, '2026-01-01'::timestamp_ntz(6) as moment from shop.journeys.orders",
    )
    expect(described.map(({ name, type }) => [name, type?.kind])).toEqual([
      ['order_id', 'text'],
      ['amount', 'number'],
      ['one', 'integer'],
      ['day', 'date'],
      ['moment', 'timestamp'],
    ])
    expect(server.statements().at(-1)?.result?.rows).toEqual([])
  })

  it('says how many rows a statement changed, and what it took', async () => {
    session.begin({ runId: 'run_1', node: 'model orders', model: 'orders' })
    expect(await session.change("insert into shop.journeys.orders values ('o1', 1), ('o2', 2)")).toBe(2)
    expect(await session.change("delete from shop.journeys.orders where order_id = 'nobody'")).toBe(0)
    expect(session.costs()).toEqual([
      { jobId: expect.stringMatching(/^[0-9a-f-]{36}$/), rowsAffected: 2, elapsedMilliseconds: expect.any(Number) },
      { jobId: expect.stringMatching(/^[0-9a-f-]{36}$/), rowsAffected: 0, elapsedMilliseconds: expect.any(Number) },
    ])
  })

  it('tags each statement with run, model and who runs it', async () => {
    session.begin({ runId: 'run_7', node: 'model orders', model: 'orders', owner: 'build-host, process 7' })
    await session.query('select 7 as tagged')
    const { tag } = server.statements().find(({ sql }) => sql === 'select 7 as tagged')!
    expect(JSON.parse(tag ?? '')).toEqual({
      app: 'throughline',
      run: 'run_7',
      node: 'model orders',
      model: 'orders',
      owner: 'build-host, process 7',
    })
  })

  it('carries out all statements of a transaction or none', async () => {
    const insert = (id: string) => `insert into shop.journeys.orders values ('${id}', 1)`
    await session.transaction([insert('o1'), insert('o2')])
    const error = await failed(
      session.transaction([insert('o3'), "insert into shop.journeys.orders select 'o4', 'x'::number(38, 0)"]),
    )
    expect(error.errorKind).toBe('data')
    expect(await session.query('select order_id from shop.journeys.orders order by 1')).toEqual([
      { order_id: 'o1' },
      { order_id: 'o2' },
    ])
  })

  it('puts a file into a stage, from a folder with a blank in its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'to stage '))
    try {
      writeFileSync(join(folder, 'orders.csv'), 'order_id,amount\no1,12.5\no2,\n')
      await session.execute('create or replace temporary stage shop.journeys.landing')
      await session.put(join(folder, 'orders.csv'), '@shop.journeys.landing')
      await session.execute(
        'copy into shop.journeys.orders from @shop.journeys.landing/orders.csv file_format = (type = csv skip_header = 1)',
      )
      const rows = await session.query('select order_id, amount from shop.journeys.orders order by 1')
      expect(rows).toEqual([
        { order_id: 'o1', amount: '12.500000000' },
        { order_id: 'o2', amount: null },
      ])
      const error = await failed(session.put(join(folder, 'nothing.csv'), '@shop.journeys.landing'))
      expect(error.message).toContain('nothing.csv')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('inserts rows as bound values, in pieces that a statement can carry', async () => {
    const sql = 'insert into shop.journeys.orders (order_id, amount) values (?, ?)'
    const rows = Array.from({ length: 30_000 }, (_, index) => [`o${index}`, index % 3 === 0 ? null : `${index}.25`])
    const before = server.statements().length
    expect(await session.insertRows(sql, rows)).toBe(30_000)
    expect(server.statements().length - before).toBe(2)
    const [counted] = await session.query(
      'select count(*) as n, count(amount) as filled, max(amount) as most from shop.journeys.orders',
    )
    expect(counted).toEqual({ n: 30_000, filled: 20_000, most: '29999.250000000' })
  })

  it('says what is wrong with a statement, and where', async () => {
    const sql = 'select order_id,\n  nope from shop.journeys.orders'
    const error = await failed(session.query(sql))
    expect(error).toMatchObject({ errorKind: 'name', unknownName: 'nope', offset: sql.indexOf('nope') })
    expect(await failed(session.query('selec 1'))).toMatchObject({ errorKind: 'syntax' })
    expect(await failed(session.query('select 1 from shop.journeys.missing'))).toMatchObject({ errorKind: 'name' })
    expect(await failed(session.query("select 'a'::number(38,0) as x"))).toMatchObject({ errorKind: 'data' })
  })

  it('runs as many statements at once as there are sessions', async () => {
    server.faults.add({ fault: { kind: 'slow', milliseconds: 400 }, times: 4, body: /at_once/ })
    const sessions = await Promise.all([1, 2, 3, 4].map(() => SnowflakeSession.open(connections)))
    const started = performance.now()
    await Promise.all(sessions.map(each => each.query('select 1 as at_once')))
    expect(performance.now() - started).toBeLessThan(1500)
    for (const each of sessions) each.close()
  })

  it('uses a connection again that was given back', async () => {
    const first = await SnowflakeSession.open(connections)
    first.close()
    const before = server.requests.filter(request => request.includes('login-request')).length
    const second = await SnowflakeSession.open(connections)
    await second.query('select 1 as one')
    expect(server.requests.filter(request => request.includes('login-request')).length).toBe(before)
    second.close()
  })

  it('fixes what a session is, whatever the account says', () => {
    const settings = server.statements().find(({ sql }) => sql.startsWith('alter session set'))!.sql
    for (const set of [
      "timezone = 'UTC'",
      "timestamp_type_mapping = 'TIMESTAMP_NTZ'",
      'week_start = 0',
      'statement_timeout_in_seconds = 3600',
      'lock_timeout = 600',
    ])
      expect(settings).toContain(set)
    expect(server.statements().map(({ sql }) => sql)).toContain('use secondary roles none')
  })
})
