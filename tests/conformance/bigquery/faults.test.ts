import type { BigQuery } from '@google-cloud/bigquery'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { startGoogleSql } from './google-sql.ts'
import { clientOf } from './server/client.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'

let google: GoogleSql
let server: LocalBigQuery
let client: BigQuery

beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())
beforeEach(async () => {
  server = await startLocalBigQuery({ google })
  client = clientOf(server)
  await client.createDataset('shop')
  await client.query('create table shop.orders as select 1 as id')
  return () => server.close()
})

const count = async () => (await client.query('select count(*) as n from shop.orders'))[0][0].n
const jobsCalled = (jobId: string) => server.jobs().filter(job => job.jobId === jobId).length
const insert = (jobId: string) => client.createQueryJob({ query: 'insert into shop.orders (id) values (2)', jobId })
const failed = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: { code: number | string; message: string; errors?: readonly { reason: string }[] }) => error,
  )
const jobs = /\/jobs$/

describe('A lost answer', () => {
  test('leaves a job that is done, and a second insert of its id is told so: exactly one job exists', async () => {
    server.faults.add({ fault: { kind: 'lost-answer' }, times: 1, method: 'POST', path: jobs })
    await failed(insert('run_1'))
    const again = await failed(insert('run_1'))
    expect([again.code, again.errors![0]!.reason]).toEqual([409, 'duplicate'])
    const [metadata] = await client.job('run_1').getMetadata()
    expect(metadata.statistics.query.numDmlAffectedRows).toBe('1')
    expect(jobsCalled('run_1')).toBe(1)
    expect(await count()).toBe(2)
    expect(server.faults.happened).toEqual(['lost-answer POST /bigquery/v2/projects/proof/jobs'])
  })

  test('of a query request is given again to the same request id, which runs once', async () => {
    const ask = () =>
      fetch(`${server.address}/bigquery/v2/projects/proof/queries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: 'insert into shop.orders (id) values (2)',
          useLegacySql: false,
          requestId: 'request-1',
        }),
      })
    server.faults.add({ fault: { kind: 'lost-answer' }, times: 1, path: /\/queries$/ })
    await failed(ask())
    expect(await (await ask()).json()).toMatchObject({ jobComplete: true, numDmlAffectedRows: '1' })
    expect(await count()).toBe(2)
  })
})

test('A lost request has done nothing, and its id is free', async () => {
  server.faults.add({ fault: { kind: 'lost-request' }, times: 1, method: 'POST', path: jobs })
  await failed(insert('run_1'))
  expect(jobsCalled('run_1')).toBe(0)
  await insert('run_1')
  expect(await count()).toBe(2)
})

test.each([
  [403, 'accessDenied', 'PERMISSION_DENIED'],
  [403, 'rateLimitExceeded', 'PERMISSION_DENIED'],
  [404, 'notFound', 'NOT_FOUND'],
  [429, 'rateLimitExceeded', 'RESOURCE_EXHAUSTED'],
  [500, 'internalError', 'INTERNAL'],
  [502, 'backendError', 'UNAVAILABLE'],
  [503, 'backendError', 'UNAVAILABLE'],
])('An answer %i %s comes as often as it is ordered, with nothing done', async (status, reason, name) => {
  server.faults.add({
    fault: { kind: 'answer', status, reason, message: 'Not now' },
    times: 2,
    method: 'POST',
    path: jobs,
  })
  for (const _ of [1, 2]) {
    const error = await failed(insert('run_1'))
    expect([error.code, error.errors![0]!.reason, error.message]).toEqual([status, reason, 'Not now'])
  }
  expect(jobsCalled('run_1')).toBe(0)
  await insert('run_1')
  expect(await count()).toBe(2)
  const body = { error: { code: status, status: name, errors: [{ reason }] } }
  server.faults.add({ fault: { kind: 'answer', status, reason }, times: 1 })
  expect(await (await fetch(`${server.address}/bigquery/v2/projects/proof/datasets`)).json()).toMatchObject(body)
})

test('A fault happens to the requests that it is meant for, and to no others', async () => {
  server.faults.add({
    fault: { kind: 'answer', status: 503, reason: 'backendError' },
    times: 1,
    method: 'GET',
    path: /\/datasets\/shop$/,
  })
  expect(await count()).toBe(1)
  expect((await failed(client.dataset('shop').getMetadata())).code).toBe(503)
  await client.dataset('shop').getMetadata()
})

test('A fault can happen to every so manyth request', async () => {
  server.faults.add({
    fault: { kind: 'answer', status: 503, reason: 'backendError' },
    times: 2,
    every: 3,
    method: 'GET',
  })
  const codes: unknown[] = []
  for (let asked = 0; asked < 8; asked++)
    codes.push(
      await client
        .dataset('shop')
        .getMetadata()
        .then(
          () => 200,
          error => error.code,
        ),
    )
  expect(codes).toEqual([200, 200, 503, 200, 200, 503, 200, 200])
})

test('A delayed answer comes later, and right', async () => {
  server.faults.add({ fault: { kind: 'delay', milliseconds: 150 }, times: 1, path: /\/queries$/ })
  const started = performance.now()
  expect(await count()).toBe(1)
  expect(performance.now() - started).toBeGreaterThan(145)
})

describe('A job', () => {
  test('can fail after it was accepted, with nothing done', async () => {
    const fault = {
      kind: 'failing-job',
      reason: 'backendError',
      message: 'Error encountered during execution. Retrying may solve the problem.',
    } as const
    server.faults.add({ fault, times: 1, method: 'POST', path: jobs })
    expect((await failed(insert('run_1'))).message).toBe(fault.message)
    const [{ status }] = await client.job('run_1').getMetadata()
    expect(status).toMatchObject({ state: 'DONE', errorResult: { reason: 'backendError', message: fault.message } })
    expect(await count()).toBe(1)
  })

  test.each([
    [1, 1],
    [2, 2],
    [3, 3],
  ])(
    'can fail before statement %i of its script, or after all of them, with what was done before done',
    async (number, rows) => {
      const fault = { kind: 'failing-statement', number, reason: 'backendError', message: 'Try again.' } as const
      server.faults.add({ fault, times: 1, method: 'POST', path: jobs })
      const add = (id: number) => `insert into shop.orders (id) values (${id})`
      const error = await failed(client.createQueryJob({ query: `${add(2)}; ${add(3)};`, jobId: 'run_1' }))
      expect(error.message).toBe(fault.message)
      expect(await count()).toBe(rows)
    },
  )

  test('can be running for a while, and shows its work when it is done', async () => {
    server.faults.add({ fault: { kind: 'slow-job', asked: 3 }, times: 1, method: 'POST', path: jobs })
    const [job] = await insert('run_1')
    const states = [job.metadata.status.state]
    while (states.at(-1) === 'RUNNING') {
      expect(await count()).toBe(1)
      states.push((await job.getMetadata())[0].status.state)
    }
    expect(states).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'DONE'])
    expect(await count()).toBe(2)
  })

  test('that is cancelled while it runs has done nothing', async () => {
    server.faults.add({ fault: { kind: 'slow-job', asked: 100 }, times: 1, method: 'POST', path: jobs })
    const [job] = await insert('run_1')
    await job.cancel()
    const [{ status }] = await client.job('run_1').getMetadata()
    expect(status).toMatchObject({ state: 'DONE', errorResult: { reason: 'stopped' } })
    expect(await count()).toBe(1)
  })
})

test('Two servers that are asked the same give the same answers, down to their times', async () => {
  const other = await startLocalBigQuery({ google })
  const told = async (asked: LocalBigQuery) => {
    const bigQuery = clientOf(asked)
    if (asked === other) await bigQuery.createDataset('shop')
    if (asked === other) await bigQuery.query('create table shop.orders as select 1 as id')
    await bigQuery.createQueryJob({ query: 'select * from shop.orders', jobId: 'run_1' })
    return (await bigQuery.job('run_1').getMetadata())[0]
  }
  const [first, second] = [await told(server), await told(other)]
  await other.close()
  expect(first).toEqual(second)
  expect(Number(first.statistics.totalSlotMs)).toBeGreaterThan(0)
})
