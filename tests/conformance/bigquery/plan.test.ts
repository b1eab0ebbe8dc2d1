import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { plainRows } from '../../../src/googlesql/googlesql.ts'
import { objectsOf } from '../../cli/support.ts'
import { startGoogleSql } from './google-sql.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import { shownBy, smallShop } from './small-shop.ts'

// Plans and budgets by the dry runs of the real client, against the API that keeps count of the jobs.

let google: GoogleSql
let server: LocalBigQuery
beforeAll(async () => {
  google = await startGoogleSql()
  server = await startLocalBigQuery({ google })
})
afterAll(async () => {
  await server?.close()
  google?.stop()
})

/** What a command asked for that is no looking; dry runs are no jobs. */
const changing = (from: number) => server.requests.slice(from).filter(line => !/^(GET \S+|POST \S+\/jobs)$/.test(line))

/** The nodes of a plan by name, and what it says of all of them. */
function planOf(stdout: string) {
  const objects = objectsOf(stdout)
  return {
    nodes: new Map(objects.slice(0, -1).map(one => [String(one.name), one])),
    total: objects.at(-1)!,
  }
}

test('A plan of what was never built knows the order and no cost, and begins no job', async () => {
  const { exitCode, stdout } = await smallShop(server).run(['plan', '--output', 'json'])
  expect(exitCode, stdout).toBe(0)
  const { nodes, total } = planOf(stdout)
  expect([...nodes.keys()]).toEqual([
    'till.orders',
    'rates',
    'named',
    'orders',
    'customers',
    'loyalty',
    'every_customer_paid',
  ])
  expect(nodes.get('orders')).toMatchObject({ change: 'new', notKnown: expect.stringContaining('rates') })
  expect(total).toMatchObject({ bytesProcessed: 0, isLowerBound: true, nodeCount: 7 })
  expect(server.jobs()).toEqual([])
  expect(changing(0)).toEqual([])
})

test('A build is written down with its jobs and what they cost; a plan after it shows what each query reads', async () => {
  const shop = smallShop(server)
  const built = await shop.run(['build'])
  expect(built.exitCode, built.stdout + built.stderr).toBe(0)
  const [run] = plainRows(await server.query('select * from j_about.runs'))
  const [, jobs] = / in (\d+) jobs/.exec(built.stdout)!
  expect(run).toMatchObject({ command: 'build', status: 'success', failed_count: 0, job_count: Number(jobs) })
  expect(Number(run!.bytes_billed)).toBeGreaterThan(10_000_000)
  expect(Number(run!.estimated_usd)).toBeCloseTo((Number(run!.bytes_billed) / 2 ** 40) * 6.25, 8)

  const [jobsBefore, requestsBefore, shown] = [server.jobs().length, server.requests.length, await shownBy(server)]
  const { nodes, total } = planOf((await shop.run(['plan', '--output', 'json'])).stdout)
  for (const name of ['orders', 'customers', 'every_customer_paid'])
    expect(Number(nodes.get(name)!.bytesProcessed), name).toBeGreaterThan(0)
  expect(nodes.get('orders')).toMatchObject({ change: 'same', added: [] })
  expect(nodes.get('loyalty')).toMatchObject({ notKnown: 'not known before its rounds are done' })
  const known = [...nodes.values()].reduce((sum, { bytesProcessed = 0 }) => sum + Number(bytesProcessed), 0)
  expect(total).toMatchObject({ bytesProcessed: known, isLowerBound: true, unknown: ['loyalty'] })
  expect(server.jobs().length).toBe(jobsBefore)
  expect(changing(requestsBefore)).toEqual([])
  expect(await shownBy(server)).toEqual(shown)
})

test('A budget below refuses the build before anything runs; one above lets it go on', async () => {
  const shop = smallShop(server)
  const [jobsBefore, requestsBefore, shown] = [server.jobs().length, server.requests.length, await shownBy(server)]
  shop.mend('warehouse.config.yaml', 'dataset: j,', 'dataset: j, budget: { bytes: 100 B },')
  const refused = await shop.run(['build'])
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toMatch(
    /targets\.prod\.budget: this run would read at least [\d.]+ K?B \(\$\S+\), and its budget is 100 B/,
  )
  expect(refused.stderr).toMatch(/the largest: \w+ [\d.]+ K?B, .*not known yet: loyalty/)
  expect(server.jobs().length).toBe(jobsBefore)
  expect(changing(requestsBefore)).toEqual([])
  expect(await shownBy(server)).toEqual(shown)

  shop.mend('warehouse.config.yaml', '100 B', '1 GB')
  const built = await shop.run(['build'])
  expect(built.exitCode, built.stdout + built.stderr).toBe(0)
  expect(built.stdout).toContain('within the budget of 1.0 GB; not known yet: loyalty')
})
