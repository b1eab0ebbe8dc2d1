import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { patiently } from '../../../src/warehouse/retries.ts'
import type { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { openConnections, pauses } from './client-support.ts'
import { whyNoFakesnow } from './python.ts'
import { serviceErrors } from './server/faults.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

const orders = 'shop.journeys.orders'
const insert = (id: string) => `insert into ${orders} values ('${id}')`

describe.skipIf(whyNoFakesnow() !== undefined)("Where something goes wrong, Snowflake's driver", () => {
  let server: LocalSnowflake
  let connections: Connections
  let session: SnowflakeSession
  const { waited, retries } = pauses()
  beforeAll(async () => {
    server = await startLocalSnowflake({ answerWithinMilliseconds: 300 })
    connections = await openConnections(server, { models: { orders: { warehouse: 'BIG_WH' } } }, retries)
    session = await SnowflakeSession.open(connections)
    await session.execute('create schema if not exists shop.journeys')
    server.told.tell(/^alter warehouse WH resume if suspended$/, [])
  })
  afterAll(async () => {
    session?.close()
    await connections?.close()
    await server?.close()
  })
  beforeEach(async () => {
    server.faults.clear()
    session.begin({ runId: 'run_1', node: 'looking' })
    await session.execute(`create or replace table ${orders} (order_id varchar)`)
    waited.length = 0
  })

  const ids = async () => (await session.query(`select order_id from ${orders} order by 1`)).map(row => row.order_id)
  const runsOf = (part: string) => server.statements().filter(({ sql }) => sql.includes(part))
  const failed = async (work: Promise<unknown>): Promise<WarehouseError> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof WarehouseError)) throw error ?? new Error('it should have failed')
    return error
  }

  it('sends a statement again whose answer was lost, and Snowflake runs it once', async () => {
    server.faults.add({ fault: { kind: 'lost-answer' }, times: 2, body: /lost_one/ })
    expect(await session.change(insert('lost_one'))).toBe(1)
    expect(await ids()).toEqual(['lost_one'])
    expect(runsOf('lost_one')).toMatchObject([{ runs: 1, asked: 3 }])
  })

  it.each([429, 502, 503])('sends a statement again that was answered by %i', async status => {
    server.faults.add({ fault: { kind: 'status', status }, times: 1, body: new RegExp(`status_${status}`) })
    expect(await session.change(insert(`status_${status}`))).toBe(1)
    expect(runsOf(`status_${status}`)).toMatchObject([{ runs: 1 }])
  })

  it.each(['expired-session', 'expired-login', 'dropped-session'] as const)(
    'signs in again where it met an %s, and the statement runs once',
    async kind => {
      server.faults.add({ fault: { kind }, times: 1, body: new RegExp(kind) })
      expect(await session.change(insert(kind))).toBe(1)
      expect(await ids()).toEqual([kind])
      const settings = runsOf('alter session set').length
      expect(runsOf(`'${kind}'`).filter(({ runs }) => runs > 0)).toHaveLength(1)
      expect(settings).toBeGreaterThan(0)
    },
  )

  it('has the session as it was after a new sign-in: its parameters, and the warehouse of the model', async () => {
    session.begin({ runId: 'run_1', node: 'model orders', model: 'orders' })
    server.faults.add({ fault: { kind: 'dropped-session' }, times: 1, body: /as_it_was/ })
    const before = server.statements().length
    await session.query('select 1 as as_it_was')
    expect(
      server
        .statements()
        .slice(before)
        .map(({ sql }) => sql.slice(0, 20)),
    ).toEqual([
      'use warehouse BIG_WH',
      'alter session set ti',
      'use secondary roles ',
      'use warehouse BIG_WH',
      'select 1 as as_it_wa',
    ])
  })

  it('begins a transaction again whose session was dropped in the midst of it', async () => {
    server.faults.add({ fault: { kind: 'dropped-session' }, times: 1, body: /second/ })
    await session.transaction([insert('first'), insert('second')])
    expect(await ids()).toEqual(['first', 'second'])
  })

  it('does not begin a transaction again whose commit may have been carried out', async () => {
    server.faults.add({ fault: { kind: 'dropped-session' }, times: 1, body: /"sqlText":"commit"/ })
    const error = await failed(session.transaction([insert('maybe')]))
    expect(error).toMatchObject({ errorKind: 'connection' })
    expect(error.message).toMatch(/^the session was lost while its transaction was committed/)
    expect(await ids()).toEqual([])
  })

  it('sends a commit again whose answer was lost', async () => {
    server.faults.add({ fault: { kind: 'lost-answer' }, times: 1, body: /"sqlText":"commit"/ })
    await session.transaction([insert('kept')])
    expect(await ids()).toEqual(['kept'])
  })

  it('wakes a warehouse that does not resume by itself, once', async () => {
    server.faults.add({ fault: { kind: 'failing', ...serviceErrors.noWarehouse }, times: 1, body: /asleep/ })
    expect(await session.change(insert('asleep'))).toBe(1)
    expect(await ids()).toEqual(['asleep'])
    expect(runsOf('alter warehouse WH resume if suspended')).toHaveLength(1)
    server.faults.add({ fault: { kind: 'failing', ...serviceErrors.noWarehouse }, times: 5, body: /never/ })
    const error = await failed(session.change(insert('never')))
    expect(error.message).toContain('name a warehouse in the target that the role may use')
    expect(runsOf('alter warehouse WH resume if suspended')).toHaveLength(2)
  })

  it('waits longer and longer for a table that another transaction holds, and says in the end that it does', async () => {
    server.faults.add({ fault: { kind: 'failing', ...serviceErrors.lockTimeout }, times: 2, body: /held_a_while/ })
    expect(await session.change(insert('held_a_while'))).toBe(1)
    expect(waited).toEqual([2000, 4000])
    server.faults.add({ fault: { kind: 'failing', ...serviceErrors.lockTimeout }, times: 9, body: /held_for_good/ })
    const error = await failed(session.change(insert('held_for_good')))
    expect(error.message).toContain('another transaction holds the table')
    expect(await ids()).toEqual(['held_a_while'])
  })

  it('begins a transaction again that met a lock, so that it holds none itself meanwhile', async () => {
    server.faults.add({ fault: { kind: 'failing', ...serviceErrors.lockTimeout }, times: 1, body: /in_the_way/ })
    await session.transaction([insert('before'), insert('in_the_way')])
    expect(await ids()).toEqual(['before', 'in_the_way'])
    expect(runsOf('rollback')).toHaveLength(1)
  })

  it.each([
    ['statementTimeout', 'other', 'statement_timeout in the target'],
    ['warehouseNotResumed', 'other', 'resource monitor'],
    ['noPrivilege', 'other', 'Insufficient privileges'],
  ] as const)('does not try again what does not pass: %s', async (name, errorKind, words) => {
    server.faults.add({ fault: { kind: 'failing', ...serviceErrors[name] }, times: 9, body: new RegExp(name) })
    const error = await failed(session.change(insert(name)))
    expect(error).toMatchObject({ errorKind })
    expect(error.message).toContain(words)
    expect(waited).toEqual([])
  })

  it('stops the statement that runs, by its id, and not the one that clears away after it', async () => {
    server.faults.add({ fault: { kind: 'slow', milliseconds: 20_000 }, times: 1, body: /to_be_stopped/ })
    const running = failed(session.query('select 1 as to_be_stopped'))
    await new Promise(resolve => setTimeout(resolve, 700))
    expect(session.interrupt()).toMatch(/^Snowflake query [0-9a-f-]{36}$/)
    expect(await running).toMatchObject({ errorKind: 'interrupted' })
    expect(runsOf('to_be_stopped')).toMatchObject([{ state: 'failed', error: { code: '000604' } }])
    await session.execute(`drop table if exists ${orders}`)
    expect(session.interrupt()).toBeUndefined()
  })

  it('begins no transaction again that is stopped while it waits for a table, and publishes nothing of it', async () => {
    const wait = async (_: number, stop?: AbortSignal): Promise<void> => {
      other.interrupt()
      // A pause that nothing ends would last for longer than the test may.
      await patiently.wait(600_000, stop)
    }
    const others = await openConnections(server, {}, { wait, random: () => 1 })
    const other = await SnowflakeSession.open(others)
    server.faults.add({ fault: { kind: 'failing', ...serviceErrors.lockTimeout }, times: 1, body: /held_and_stopped/ })
    const before = server.statements().length
    const error = await failed(other.transaction([insert('before'), insert('held_and_stopped')]))
    expect(error.errorKind).toBe('interrupted')
    const sent = server.statements().slice(before)
    expect(sent.map(({ sql }) => sql)).toEqual(['begin', insert('before'), insert('held_and_stopped'), 'rollback'])
    await other.execute(`insert into ${orders} values ('clearing_away')`)
    expect(await ids()).toEqual(['clearing_away'])
    other.close()
    await others.close()
  })

  it('undoes a transaction that is stopped when its first statement is over, and begins no second', async () => {
    server.onCarriedOut(() => {
      if (runsOf('over_when_stopped').some(({ state }) => state === 'success')) session.interrupt()
    })
    const error = await failed(session.transaction([insert('over_when_stopped'), insert('never_begun')]))
    server.onCarriedOut(() => undefined)
    expect(error.errorKind).toBe('interrupted')
    expect([runsOf('over_when_stopped').length, runsOf('never_begun').length]).toEqual([1, 0])
    expect(await ids()).toEqual([])
  })

  it('fetches no more of a large answer once it is stopped', async () => {
    const sql = 'select seq4() as n from table(generator(rowcount => 100000)) order by 1'
    const before = server.requests.length
    let count = 0
    const reading = async (): Promise<void> => {
      for await (const { n } of session.stream(sql)) {
        expect(n).toBe(count)
        count += 1
        if (count === 2000) expect(session.interrupt()).toBeUndefined()
      }
    }
    expect(await failed(reading())).toMatchObject({ errorKind: 'interrupted', message: 'the statement was stopped' })
    expect(count).toBe(2000)
    const fetched = server.requests.slice(before).filter(request => request.startsWith('GET /chunks/'))
    expect(fetched.length).toBeLessThan(10)
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  it('stops a statement whose id is not known yet, by its request', async () => {
    server.faults.add({ fault: { kind: 'slow', milliseconds: 20_000 }, times: 1, body: /not_known_yet/ })
    const running = failed(session.query('select 1 as not_known_yet'))
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(session.interrupt()).toMatch(/^Snowflake request [0-9a-f-]{36}$/)
    expect(await running).toMatchObject({ errorKind: 'interrupted' })
  })
})
