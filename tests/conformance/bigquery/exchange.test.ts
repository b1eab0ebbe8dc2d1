import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { breakContract } from './broken-contracts.ts'
import { startGoogleSql } from './google-sql.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import { badOrders, rowsOf, type SmallShop, smallShop } from './small-shop.ts'

// The job in which a table or a view takes the place of another, and what becomes of them where it ends in its midst.

let google: GoogleSql
let server: LocalBigQuery
let shop: SmallShop
let asTable: ReturnType<LocalBigQuery['store']['snapshot']>
let asView: typeof asTable

const customers = { dataset: 'j_shop', table: 'customers' }
const reader = [{ role: 'roles/bigquery.dataViewer', members: ['user:ben@example.com'] }]
const [first, second] = [
  '{"customer":"ann","order_count":3,"euro":"13.3"}',
  '{"customer":"bob","order_count":1,"euro":"4"}',
]

beforeAll(async () => {
  google = await startGoogleSql()
  server = await startLocalBigQuery({ google })
  await mustBuild(smallShop(server))
  await server.query(`grant \`${reader[0]!.role}\` on table j_shop.customers to 'user:ben@example.com'`)
  asTable = server.store.snapshot()
  const other = smallShop(server)
  breakContract['becomes a view'](other)
  await mustBuild(other)
  asView = server.store.snapshot()
})
afterAll(async () => {
  await server?.close()
  google?.stop()
})
beforeEach(() => {
  server.faults.clear()
  shop = smallShop(server)
})

async function mustBuild(built: SmallShop): Promise<string> {
  const { exitCode, stdout, stderr } = await built.run(['build'])
  expect(exitCode, stdout + stderr).toBe(0)
  return stdout
}

/** What the table is to be in the end. */
async function expectWhole(kind: 'TABLE' | 'VIEW', rows: readonly string[] = [first, second]): Promise<void> {
  const { kind: standing, bindings, labels } = server.store.table(customers)
  expect([standing, bindings, labels ?? {}]).toEqual([kind, reader, {}])
  expect(await rowsOf(server, 'j_shop.customers')).toEqual(rows)
  expect([...server.store.dataset('j_shop').tables.keys()].sort()).toEqual(['customers', 'loyalty', 'orders'])
}

const rateLimit = { reason: 'rateLimitExceeded', message: 'Exceeded rate limits: too many table update operations' }
const stopped = { reason: 'stopped', message: 'Job execution was cancelled' }

/** Fails the job that takes the place before one of its statements, which are the lease's question, then as told; the last number is after all of them. */
const failsAt = (number: number, how: { readonly reason: string; readonly message: string }, times = 1) =>
  server.faults.add({
    fault: { kind: 'failing-statement', number, ...how },
    times,
    method: 'POST',
    path: /\/jobs$/,
    body: /drop (table|view) if exists \S+customers;/,
  })

/** What is changed, into what, and where its job fails: a table's asks for the lease, calls the new one whole, drops the old one and renames. */
const changes = [
  ['A table with a column less', 'loses a column', 'TABLE', [1, 2, 3, 4, 5]],
  ['A view in the place of a table', 'becomes a view', 'VIEW', [1, 2, 3, 4]],
  ['A table in the place of a view', 'becomes a table', 'TABLE', [3, 4]],
] as const

describe.each(changes)('%s', (_, name, kind, numbers) => {
  const rows = name === 'loses a column' ? [first, second].map(row => row.replace(/,"euro":"[\d.]+"/, '')) : undefined
  beforeEach(() => {
    server.store.restore(name === 'becomes a table' ? asView : asTable)
    if (name !== 'becomes a table') breakContract[name](shop)
  })

  test.each(numbers)(
    'has its place, with its grants, although its job fails for a while before statement %i of it',
    async number => {
      failsAt(number, rateLimit)
      expect(await mustBuild(shop)).toContain('with the grants it had')
      expect(server.faults.happened.at(-1)).toMatch(/^failing-statement POST/)
      await expectWhole(kind, rows)
    },
  )

  test.each(numbers)(
    'has it, or takes nothing away, where its job is cancelled before statement %i of it',
    async number => {
      failsAt(number, stopped)
      // The first asks for the lease; the second calls the new table whole, or takes the old one away.
      const isBegun = number > 2
      const { exitCode, stdout } = await shop.run(['build'])
      expect(exitCode, stdout).toBe(isBegun ? 0 : 1)
      if (!isBegun) {
        expect(stdout).toContain(stopped.message)
        expect(server.store.table(customers).bindings).toEqual(reader)
        expect(server.store.table(customers).kind).toBe(name === 'becomes a table' ? 'VIEW' : 'TABLE')
        await mustBuild(shop)
      }
      await expectWhole(kind, rows)
    },
  )

  test('is made whole by the next build, where this one can do nothing more after the old one is gone', async () => {
    failsAt(kind === 'VIEW' ? 3 : 4, stopped)
    const refused = { kind: 'answer', status: 403, reason: 'accessDenied', message: 'Access Denied' } as const
    // The job that goes on has the last of the statements alone.
    const body = kind === 'VIEW' ? /is_held;\\ncreate view \S+customers \(/ : /is_held;\\nalter table \S+__tl_whole/
    server.faults.add({ fault: refused, times: 1, method: 'POST', path: /\/jobs$/, body })
    const { exitCode } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(server.faults.happened.at(-1)).toMatch(/^answer POST/)
    expect(server.store.findTable(customers)).toBeUndefined()
    // One that publishes nothing of it, since a table that it reads is not good.
    shop.write('data/orders.csv', badOrders)
    const next = await shop.run(['build'])
    expect(next.exitCode).toBe(1)
    expect(next.stdout).toContain(
      'an earlier run ended while another was to take its place; it stands under its name again',
    )
    await expectWhole(kind, rows)
  })

  test('is let have it by Ctrl-C, which cancels no such job', async () => {
    server.faults.add({
      fault: { kind: 'slow-job', asked: 3 },
      times: 1,
      method: 'POST',
      path: /\/jobs$/,
      body: /drop (table|view) if exists \S+customers;/,
    })
    let press = (): void => undefined
    server.onCarriedOut(() => {
      if (server.jobs().at(-1)?.state === 'RUNNING') press()
    })
    const from = server.requests.length
    const { exitCode, stdout } = await shop.run(['build'], pressed => {
      press = pressed
    })
    server.onCarriedOut(() => undefined)
    expect(exitCode, stdout).toBe(2)
    expect(server.requests.slice(from).filter(request => request.endsWith('/cancel'))).toEqual([])
    await expectWhole(kind, rows)
    await mustBuild(shop)
    await expectWhole(kind, rows)
  })
})

test('A view whose grants could not be given gets them by the next build, which changes nothing else of it', async () => {
  server.store.restore(asTable)
  breakContract['becomes a view'](shop)
  const refused = { kind: 'answer', status: 403, reason: 'accessDenied', message: 'Access Denied' } as const
  server.faults.add({ fault: refused, times: 1, method: 'POST', path: /\/customers:setIamPolicy$/ })
  const { exitCode, stdout } = await shop.run(['build'])
  expect(exitCode).toBe(1)
  expect(stdout).toContain(
    'its grants could not be given again yet (roles/bigquery.dataViewer to user:ben@example.com)',
  )
  expect(server.store.table(customers)).toMatchObject({ kind: 'VIEW', bindings: [] })
  await mustBuild(shop)
  await expectWhole('VIEW')
})
