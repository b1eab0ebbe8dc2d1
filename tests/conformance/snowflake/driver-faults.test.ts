import type { Connection, ConnectionOptions } from 'snowflake-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { whyNoFakesnow } from './python.ts'
import { ask, connect, rowsOf } from './server/driver.ts'
import { type Fault, serviceErrors } from './server/faults.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('The local Snowflake goes wrong on demand', () => {
  let server: LocalSnowflake
  let connection: Connection
  beforeAll(async () => {
    server = await startLocalSnowflake()
  })
  afterAll(() => server?.close())
  beforeEach(async () => {
    server.faults.clear()
    connection = await connect(server, impatient)
    await ask(connection, 'create or replace table orders as select 1 as id')
  })

  /** As few tries of the driver's own as it allows. */
  const impatient: Partial<ConnectionOptions> = { retryTimeout: 10, sfRetryMaxLoginRetries: 1 }
  const insert = 'insert into orders select 2 as id'
  const requestId = (number: number) => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable('it should have failed'),
      (error: { code: string; message: string }) => error,
    )
  const next = (fault: Fault, times = 1) => server.faults.add({ fault, times, body: /insert/ })
  const runsOf = (id: string) => server.statements().filter(each => each.requestId === id)
  const count = async (asked = connection) => (await rowsOf(asked, 'select count(*) as n from orders'))[0]!.N

  test('an answer that is lost, and lost again, leaves a statement that has run once', async () => {
    const id = requestId(1)
    next({ kind: 'lost-answer' }, 2)
    for (let tried = 0; tried < 3; tried += 1) await ask(connection, insert, { requestId: id }).catch(() => undefined)
    expect(runsOf(id)).toMatchObject([{ runs: 1, state: 'success' }])
    expect(runsOf(id)[0]!.asked).toBeGreaterThan(1)
    expect(server.faults.happened.filter(each => each.startsWith('lost-answer'))).toHaveLength(2)
    expect(await count()).toBe(2)
  })

  test('a request that is lost has done nothing', async () => {
    next({ kind: 'lost-request' })
    const id = requestId(2)
    await ask(connection, insert, { requestId: id }).catch(() => undefined)
    await ask(connection, insert, { requestId: id })
    expect(runsOf(id)).toMatchObject([{ runs: 1 }])
    expect(await count()).toBe(2)
  })

  test.each([429, 503])('HTTP %i comes as often as it is ordered, with nothing done', async status => {
    next({ kind: 'status', status }, 2)
    const id = requestId(status)
    for (let tried = 0; tried < 3; tried += 1) await ask(connection, insert, { requestId: id }).catch(() => undefined)
    expect(runsOf(id)).toMatchObject([{ runs: 1 }])
    expect(
      server.faults.happened.filter(each => each === 'status POST /queries/v1/query-request').length,
    ).toBeGreaterThanOrEqual(2)
    expect(await count()).toBe(2)
  })

  test('an answer that is late is right', async () => {
    next({ kind: 'delay', milliseconds: 200 })
    const started = performance.now()
    await ask(connection, insert)
    expect(performance.now() - started).toBeGreaterThan(195)
    expect(await count()).toBe(2)
  })

  test('a session whose token expired is renewed, and goes on with its transaction', async () => {
    await ask(connection, 'begin')
    await ask(connection, insert)
    next({ kind: 'expired-session' })
    await ask(connection, insert)
    await ask(connection, 'rollback')
    expect(await count()).toBe(1)
    expect(server.requests).toContain('POST /session/token-request')
  })

  test('a sign-in that expired takes the connection with it', async () => {
    next({ kind: 'expired-login' })
    await failed(ask(connection, insert))
    expect(await count(await connect(server))).toBe(1)
  })

  test('a session that is dropped has nothing to show of its transaction', async () => {
    await ask(connection, 'begin')
    await ask(connection, 'delete from orders')
    next({ kind: 'dropped-session' })
    await failed(ask(connection, insert))
    expect(await count(await connect(server))).toBe(1)
  })

  test.each(Object.entries(serviceErrors))('%s fails a statement with nothing done', async (_, error) => {
    next({ kind: 'failing', ...error })
    expect(await failed(ask(connection, insert))).toMatchObject(error)
    expect(await count()).toBe(1)
  })

  test('nothing is answered after so many statements, and what was not committed is not there when it is', async () => {
    await ask(connection, insert)
    server.stopAfter(3)
    await ask(connection, 'begin')
    await ask(connection, insert)
    ask(connection, insert).catch(() => undefined)
    await expect
      .poll(() => server.statements().filter(({ sql, runs }) => sql === insert && runs === 1).length)
      .toBeGreaterThanOrEqual(3)
    await server.revive()
    expect(server.sessionCount()).toBe(0)
    expect(await count(await connect(server))).toBe(2)
  })
})
