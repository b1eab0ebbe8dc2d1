import type { Connection } from 'snowflake-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { whyNoFakesnow } from './python.ts'
import { ask, connect, rowsOf } from './server/driver.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('The local Snowflake', () => {
  let server: LocalSnowflake
  let connection: Connection
  beforeAll(async () => {
    server = await startLocalSnowflake({ answerWithinMilliseconds: 300 })
    connection = await connect(server)
  })
  afterAll(() => server?.close())
  beforeEach(async () => {
    server.faults.clear()
    await ask(connection, 'create or replace table orders as select 1 as id, 10 as amount')
  })

  const failed = (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable('it should have failed'),
      (error: { code: string; sqlState: string; message: string; data: { line: number; pos: number } }) => error,
    )
  const run = (sql: string) => rowsOf(connection, sql)
  const count = async () => (await run('select count(*) as n from orders'))[0]!.N

  describe('refuses with code, state and place', () => {
    test.each([
      ['a column that is not there', 'select id,\n  nope from orders', '000904', '42000', [2, 2]],
      ['a table that is not there', 'select 1 from missing', '002003', '42S02', [-1, -1]],
      ['a function that is not there', 'select nope(1)', '002140', '42601', [-1, -1]],
      ['a table that is there already', 'create table orders (id number(38,0))', '002002', '42710', [-1, -1]],
      ['words that are no SQL', 'selec 1', '001003', '42000', [1, 6]],
      ['a schema that is not there', 'create table nope.t (id number(38,0))', '002043', '02000', [-1, -1]],
      ['a text that is no number', "select 'a'::number(38,0) as x", '100038', '22018', [-1, -1]],
    ] as const)('%s', async (_, sql, code, sqlState, place) => {
      const error = await failed(run(sql))
      expect([error.code, error.sqlState]).toEqual([code, sqlState])
      expect([error.data.line, error.data.pos]).toEqual(place)
    })

    test('a NULL where none may be', async () => {
      await run('create or replace table strict (id number(38,0) not null)')
      const error = await failed(run('insert into strict select null'))
      expect([error.code, error.message]).toEqual(['100072', 'NULL result in a non-nullable column: ID'])
    })
  })

  test('tells how many rows a statement changed', async () => {
    const changed = async (sql: string) => (await ask(connection, sql)).statement.getNumUpdatedRows()
    expect(await changed('insert into orders (id) select column1 from values (2), (3)')).toBe(2)
    expect(await changed('update orders set amount = 0 where id > 1')).toBe(2)
    const merge = `merge into orders using (select 3 as id union all select 4) as new on orders.id = new.id
      when matched then update set amount = 1 when not matched then insert (id, amount) values (new.id, 1)`
    expect(await changed(merge)).toBe(2)
    expect(await changed('insert overwrite into orders (id, amount) select 5, 5')).toBe(1)
    expect(await changed('delete from orders')).toBe(1)
  })

  test('runs a statement of one request once, however often it is asked for', async () => {
    const requestId = 'aaaaaaaa-0000-4000-8000-000000000001'
    for (const _ of [1, 2, 3]) {
      const { statement } = await ask(connection, 'insert into orders select 2, 20', { requestId })
      expect(statement.getNumUpdatedRows()).toBe(1)
    }
    expect(await count()).toBe(2)
    expect(server.statements().filter(each => each.requestId === requestId)).toMatchObject([{ runs: 1, asked: 3 }])
  })

  test('describes a query without running it', async () => {
    const { statement, rows } = await ask(connection, 'select id, 0.5::float as share from orders', {
      describeOnly: true,
    })
    expect(rows).toEqual([])
    expect(statement.getColumns()!.map(column => [column.getName(), column.getType()])).toEqual([
      ['ID', 'fixed'],
      ['SHARE', 'real'],
    ])
  })

  test('lets the driver ask on for a statement that takes its time', async () => {
    server.faults.add({ fault: { kind: 'slow', milliseconds: 1000 }, times: 1, body: /slowly/ })
    expect(await run("select 'slowly' as x")).toEqual([{ X: 'slowly' }])
    expect(server.requests.filter(request => /GET .*\/result$/.test(request)).length).toBeGreaterThan(1)
  })

  test('runs a statement that nobody waits for, and gives its rows later', async () => {
    const { statement } = await ask(connection, 'select count(*) as n from orders', { asyncExec: true })
    const queryId = statement.getQueryId()
    const later = await connection.getResultsFromQueryId({ sqlText: '', queryId })
    const rows: unknown[] = []
    for await (const row of later.streamRows()) rows.push(row)
    expect(rows).toEqual([{ N: 1 }])
    expect(await connection.getQueryStatus(queryId)).toBe('SUCCESS')
  })

  test('cancels a statement that has not begun, with nothing done', async () => {
    server.faults.add({ fault: { kind: 'slow', milliseconds: 20_000 }, times: 1, body: /insert/ })
    let cancel = (): void => undefined
    const work = new Promise((resolve, reject) => {
      const statement = connection.execute({
        sqlText: 'insert into orders select 2, 20',
        complete: (error, _, rows) => (error ? reject(error) : resolve(rows)),
      })
      cancel = () => statement.cancel(() => undefined)
    })
    setTimeout(() => cancel(), 100)
    const error = await failed(work)
    expect([error.code, error.sqlState]).toEqual(['000604', '57014'])
    expect(await count()).toBe(1)
  })

  test('cancels a statement that takes longer than its session allows, with nothing done', async () => {
    const hasty = await connect(server)
    await ask(hasty, 'alter session set statement_timeout_in_seconds = 1')
    server.faults.add({ fault: { kind: 'slow', milliseconds: 20_000 }, times: 1, body: /insert/ })
    const error = await failed(ask(hasty, 'insert into orders select 2, 20'))
    expect([error.code, error.message]).toEqual([
      '000630',
      'Statement reached its statement or warehouse timeout of 1 second(s) and was canceled.',
    ])
    expect(await count()).toBe(1)
  })

  test('runs several statements only when it is told how many', async () => {
    const texts = "insert into orders select 2, 20; insert into orders select 3, ascii(';')"
    expect((await failed(run(texts))).code).toBe('000008')
    await ask(connection, texts, { parameters: { MULTI_STATEMENT_COUNT: 2 } })
    expect(await run('select amount from orders order by id')).toEqual([{ AMOUNT: 10 }, { AMOUNT: 20 }, { AMOUNT: 59 }])
  })

  describe('keeps a transaction', () => {
    let other: Connection
    beforeEach(async () => {
      other = await connect(server)
    })

    test('to itself until it is committed', async () => {
      await run('begin')
      await run('insert overwrite into orders (id, amount) select 7, 7')
      expect(await rowsOf(other, 'select id from orders')).toEqual([{ ID: 1 }])
      await run('commit')
      expect(await rowsOf(other, 'select id from orders')).toEqual([{ ID: 7 }])
    })

    test('of rows overwritten, merged and deleted in several tables', async () => {
      await run('create or replace table status (name varchar, row_count number(38,0))')
      await run('begin')
      await run('insert overwrite into orders (id, amount) select 7, 7')
      await run(
        `merge into status using (select 'orders' as name, 1 as row_count) s on status.name = s.name
         when matched then update set row_count = s.row_count
         when not matched then insert (name, row_count) values (s.name, s.row_count)`,
      )
      expect(await rowsOf(other, 'select * from status')).toEqual([])
      await run('commit')
      expect(await rowsOf(other, 'select * from status')).toEqual([{ NAME: 'orders', ROW_COUNT: 1 }])
      expect(await rowsOf(other, 'select id from orders')).toEqual([{ ID: 7 }])
    })

    test('that is rolled back from having been', async () => {
      await run('begin')
      await run('delete from orders')
      await run('rollback')
      expect(await count()).toBe(1)
    })

    test('whose session ends from having been', async () => {
      await ask(other, 'begin')
      await ask(other, 'delete from orders')
      await new Promise<void>(resolve => other.destroy(() => resolve()))
      expect(await count()).toBe(1)
    })

    test('apart from a definition, which commits it', async () => {
      await run('begin')
      await run('insert into orders select 2, 20')
      await run('create or replace table others as select 1 as id')
      await run('rollback')
      expect(await count()).toBe(2)
    })

    test('and lets others wait for the tables that it changes', async () => {
      await run('begin')
      await run('delete from orders')
      const waiting = ask(other, 'update orders set amount = 3')
      await run('insert into orders select 2, 20')
      await run('commit')
      expect((await waiting).statement.getNumUpdatedRows()).toBe(1)
      expect(await run('select id, amount from orders')).toEqual([{ ID: 2, AMOUNT: 3 }])
    })

    test('that had to wait from what was there before', async () => {
      await run('begin')
      await run('update orders set amount = amount + 1')
      await ask(other, 'begin')
      const waiting = ask(other, 'update orders set amount = amount * 2')
      await run('commit')
      await waiting
      await ask(other, 'commit')
      expect(await run('select amount from orders')).toEqual([{ AMOUNT: 22 }])
    })

    test('and fails those that will not wait longer', async () => {
      await ask(other, 'alter session set lock_timeout = 1')
      await run('begin')
      await run('update orders set amount = 3')
      expect((await failed(ask(other, 'delete from orders'))).code).toBe('000625')
      await run('commit')
      await ask(other, 'delete from orders')
      expect(await count()).toBe(0)
    })
  })

  test('keeps the settings of a session that change nothing here, and refuses those that would', async () => {
    await run(
      'alter session set TIMEZONE = \'UTC\' WEEK_START = 1 QUERY_TAG = \'{"app":"throughline"}\' LOCK_TIMEOUT = 60',
    )
    await run('select 1 as tagged')
    expect(server.statements().at(-1)).toMatchObject({ sql: 'select 1 as tagged', tag: '{"app":"throughline"}' })
    expect((await failed(run("alter session set timezone = 'Europe/Paris'"))).code).toBe('009999')
    expect((await failed(run('alter session set nonsense = 1'))).code).toBe('001006')
    await ask(connection, 'select 2 as tagged', { parameters: { QUERY_TAG: 'other' } })
    expect(server.statements().at(-1)).toMatchObject({ tag: 'other' })
  })

  test('says what a test tells it to, where fakesnow lacks the statement', async () => {
    server.told.tell(/^show grants to role/i, [{ privilege: 'USAGE', granted_on: 'DATABASE', grant_option: 'false' }])
    expect(await run('show grants to role transformer')).toEqual([
      { privilege: 'USAGE', granted_on: 'DATABASE', grant_option: 'false' },
    ])
    server.told.tell(/^select current_account/i, sql => [{ LENGTH: sql.length, IS_IT: true, NOTHING: null }])
    expect(await run('select current_account()')).toEqual([{ LENGTH: 24, IS_IT: true, NOTHING: null }])
  })

  test('keeps a comment with an apostrophe', async () => {
    await run("create or replace table noted (id number(38,0) comment 'it''s') comment = 'the shop''s \"own\"'")
    const comment = async () =>
      (await run("select comment from information_schema.tables where table_name = 'NOTED'"))[0]
    expect(await comment()).toEqual({ COMMENT: 'the shop\'s "own"' })
    await run("comment on table noted is 'another''s'")
    expect(await comment()).toEqual({ COMMENT: "another's" })
  })
})
