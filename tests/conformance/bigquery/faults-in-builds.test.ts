import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { startGoogleSql } from './google-sql.ts'
import type { Fault } from './server/faults.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import { badOrders, laterOrders, type Shown, type SmallShop, shownBy, smallShop } from './small-shop.ts'

// A shop that was built once and has other raw rows since, and what its next build meets.

let google: GoogleSql
let server: LocalBigQuery
let shop: SmallShop
let yesterday: ReturnType<LocalBigQuery['store']['snapshot']>
let before: Shown
let after: Shown

beforeAll(async () => {
  google = await startGoogleSql()
  server = await startLocalBigQuery({ google })
  shop = smallShop(server)
  await shop.run(['build'])
  yesterday = server.store.snapshot()
  before = await shownBy(server)
  shop.write('data/orders.csv', laterOrders)
  const { exitCode, stdout } = await shop.run(['build'])
  expect(exitCode, stdout).toBe(0)
  after = await shownBy(server)
})
afterAll(async () => {
  await server?.close()
  google?.stop()
})
beforeEach(() => {
  server.store.restore(yesterday)
  server.faults.clear()
  shop.write('data/orders.csv', laterOrders)
})

const jobs = /\/jobs$/
/** The job that makes the rows of orders in scratch, and the one that publishes them. */
const [making, publishing] = [/_model-orders_1"/, /"destinationTable":\{[^}]*"tableId":"orders"/]
const happens = (fault: Fault, body: RegExp, times = 1) =>
  server.faults.add({ fault, times, method: 'POST', path: jobs, body })
const jobsOf = (part: string, from: number) =>
  server
    .jobs()
    .slice(from)
    .map(({ jobId }) => jobId)
    .filter(id => id.includes(part))

/** The tables that have their rows of yesterday while others have today's. */
async function expectKept(names: readonly string[]): Promise<void> {
  const shown = await shownBy(server)
  for (const [name, rows] of Object.entries(shown))
    expect(rows, name).toEqual(names.includes(name) ? before[name] : after[name])
}

async function expectGoodBuild(): Promise<void> {
  const { exitCode, stdout, stderr } = await shop.run(['build'])
  expect(exitCode, stdout + stderr).toBe(0)
  expect(await shownBy(server)).toEqual(after)
}

const readersOfOrders = ['j_shop.orders', 'j_shop.customers', 'j_shop.loyalty']

describe('What does not pass', () => {
  test.each([
    ['making', making],
    ['publishing', publishing],
  ])('is a 403 at %s a table: it stops that table and what reads it, in the words of Google', async (_, body) => {
    const message = 'Access Denied: Table proof:j_shop.orders: User does not have bigquery.tables.updateData permission'
    happens({ kind: 'answer', status: 403, reason: 'accessDenied', message }, body)
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(message)
    expect(stdout).toContain('throughline debug says which right is missing')
    expect(server.faults.happened.at(-1)).toMatch(/^answer POST/)
    await expectKept(readersOfOrders)
    await expectGoodBuild()
  })

  test('is a table that is gone when it is published: a 404, and the next build makes it', async () => {
    const message = 'Not found: Table proof:j_shop.orders was not found in location EU'
    happens({ kind: 'answer', status: 404, reason: 'notFound', message }, publishing)
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(message)
    await expectKept(readersOfOrders)
    await expectGoodBuild()
  })

  test('is a statement that BigQuery accepts and then finds wrong: it runs once, and the line of the author is named', async () => {
    const from = server.jobs().length
    const message = 'Bad double value: x at [8:32]'
    happens({ kind: 'failing-job', reason: 'invalidQuery', message }, making)
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/models\/shop\/orders\.ts:18:36 {2}orders: Bad double value: x\n.*cast\(n\.amount/)
    expect(jobsOf('model-orders', from)).toHaveLength(1)
    await expectKept(readersOfOrders)
    await expectGoodBuild()
  })

  test('is a data test that fails: exit code 1, and readers keep what they have', async () => {
    shop.write('data/orders.csv', badOrders)
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('models/shop/orders.ts:12:5  orders: 1 row fails: euro is at least 0')
    expect(stdout).toContain('3 skipped')
    const shown = await shownBy(server)
    for (const name of readersOfOrders) expect(shown[name], name).toEqual(before[name])
    expect(shown['j_raw.till__orders']).toHaveLength(7)
    const { rows } = await server.query('select table_name from j_about.table_status where is_stale order by 1')
    expect(JSON.stringify(rows)).toBe(JSON.stringify((await server.query(stale)).rows))
    shop.write('data/orders.csv', laterOrders)
    await expectGoodBuild()
  })

  test('is a storm of 429 that outlasts half a minute of patience', { timeout: 120_000 }, async () => {
    const storm: Fault = { kind: 'answer', status: 429, reason: 'rateLimitExceeded', message: 'Exceeded rate limits' }
    happens(storm, making, 1000)
    const sent = server.requests.length
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('orders: Exceeded rate limits')
    expect(server.faults.happened.filter(each => each.startsWith('answer POST')).length).toBeGreaterThanOrEqual(7)
    expect(server.requests.length - sent).toBeLessThan(200)
    await expectKept(readersOfOrders)
  })
})

const stale =
  "select name as table_name from unnest(['j_shop.customers', 'j_shop.loyalty', 'j_shop.orders']) as name order by 1"

describe('What passes is waited for, and the rows are the same:', () => {
  test.each([
    [429, 'rateLimitExceeded'],
    [403, 'rateLimitExceeded'],
    [500, 'internalError'],
    [502, 'backendError'],
    [503, 'backendError'],
  ])('%i %s, several times in a row and wherever', async (status, reason) => {
    server.faults.add({ fault: { kind: 'answer', status, reason }, times: 2, method: 'POST', path: jobs, body: making })
    server.faults.add({ fault: { kind: 'answer', status, reason }, times: 5, every: 23 })
    const met = server.faults.happened.length
    await expectGoodBuild()
    expect(server.faults.happened.length - met).toBe(7)
  })

  test.each([
    ['backendError', 'Error encountered during execution. Retrying may solve the problem.'],
    ['rateLimitExceeded', 'Exceeded rate limits: too many table update operations for this table'],
  ])('a job that fails after it was accepted, %s; it runs as another job', async (reason, message) => {
    const from = server.jobs().length
    happens({ kind: 'failing-job', reason, message }, publishing)
    await expectGoodBuild()
    const [first, again] = jobsOf('_again', from).flatMap(id => [id.replace(/_again1$/, ''), id])
    expect(again).toMatch(/_model-orders_\d+_again1$/)
    const failed = server.jobs().find(({ jobId }) => jobId === first)
    expect(failed?.error?.reason).toBe(reason)
  })

  test('every fourth answer of a job lost after its work was done: each job is there once', async () => {
    const from = server.jobs().length
    const met = server.faults.happened.length
    const fault = { kind: 'lost-answer' } as const
    server.faults.add({ fault, times: 8, every: 4, method: 'POST', path: jobs })
    server.faults.add({ fault, times: 1, method: 'POST', path: jobs, body: publishing })
    await expectGoodBuild()
    expect(server.faults.happened.length - met).toBe(9)
    const ids = jobsOf('', from)
    expect(new Set(ids).size).toBe(ids.length)
    expect(jobsOf('_again', from)).toEqual([])
  })
})

test('Ctrl-C while a job is slow cancels that job, names it, and publishes nothing of it', async () => {
  const from = server.jobs().length
  happens({ kind: 'slow-job', asked: 100_000 }, publishing)
  let press = (): void => undefined
  server.onCarriedOut(() => {
    if (server.jobs().at(-1)?.state === 'RUNNING') press()
  })
  const { exitCode, stdout } = await shop.run(['build'], pressed => {
    press = pressed
  })
  server.onCarriedOut(() => undefined)
  expect(exitCode).toBe(2)
  const cancelled = server.requests.filter(request => request.endsWith('/cancel')).map(path => path.split('/').at(-2)!)
  const slow = server
    .jobs()
    .slice(from)
    .find(({ error }) => error?.reason === 'stopped')!.jobId
  expect(slow).toContain('model-orders')
  expect(cancelled).toContain(slow)
  expect(stdout).toContain(`stopping BigQuery job ${slow}`)
  await expectKept(readersOfOrders)
  await expectGoodBuild()
})
