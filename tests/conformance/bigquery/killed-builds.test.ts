import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { typeBare } from '../../cli/support.ts'
import { breakContract } from './broken-contracts.ts'
import { startGoogleSql } from './google-sql.ts'
import { leaseIsOver, leaseOf } from './lease-row.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import {
  laterOrders,
  laterRates,
  published,
  rowsOf,
  type Shown,
  type SmallShop,
  shownBy,
  smallShop,
} from './small-shop.ts'

// A killed build sends nothing more. So what BigQuery holds after each request of a build is what that build leaves when it is killed there.

let google: GoogleSql
beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())

const servers: LocalBigQuery[] = []
afterAll(() => Promise.all(servers.map(server => server.close())))

/** A shop that is built, where it is to have been built before, and has other raw rows since. */
async function shopBefore(build: 'a first build' | 'a later build') {
  const server = await startLocalBigQuery({ google })
  servers.push(server)
  const shop = smallShop(server)
  if (build === 'a later build') {
    await mustBuild(shop)
    shop.write('data/orders.csv', laterOrders)
    shop.write('seeds/rates.csv', laterRates)
  }
  return { server, shop }
}

async function mustBuild(shop: SmallShop): Promise<void> {
  const { exitCode, stdout, stderr } = await shop.run(['build'])
  expect(exitCode, stdout + stderr).toBe(0)
}

/** All tables and views that stand, with when each was changed; of those of scratch, which readers do not see, only that they are there. */
function standing({ store }: LocalBigQuery): readonly string[] {
  return store
    .allDatasets()
    .flatMap(({ id, tables }) => [
      id,
      ...[...tables].map(([name, { modifiedAt }]) => `${id}.${name} ${id === 'j_tl_scratch' ? '' : modifiedAt}`),
    ])
}

function namesOf(server: LocalBigQuery): readonly string[] {
  return standing(server)
    .map(text => text.split(' ')[0]!)
    .filter(name => !name.startsWith('_script_'))
    .sort()
}

/** What readers are told of the tables, without the run and the time. */
function toldOf(server: LocalBigQuery): Promise<readonly string[]> {
  return server
    .query('select table_name, data_through, row_count, tests_passed, is_stale from j_about.table_status')
    .then(({ rows }) => rows.map(row => JSON.stringify(row)).sort())
}

/** Each table has its rows of before or of after, all of them. */
function expectOldOrNew(shown: Shown, before: Shown, after: Shown, when: string): void {
  for (const name of published) expect([before[name], after[name]], `${name} ${when}`).toContainEqual(shown[name])
}

describe.each(['a first build', 'a later build'] as const)('%s', build => {
  test('that is killed after any of its requests leaves old rows or new ones, and is made whole by another', {
    timeout: 900_000,
  }, async () => {
    const { server, shop } = await shopBefore(build)
    const before = await shownBy(server)
    const moments = new Map([[standing(server).join(), server.store.snapshot()]])
    server.onCarriedOut(() => moments.set(standing(server).join(), server.store.snapshot()))
    await mustBuild(shop)
    server.onCarriedOut(() => undefined)
    const after = await shownBy(server)
    const [names, told] = [namesOf(server), await toldOf(server)]
    for (const name of published) expect(after[name], name).not.toEqual(build === 'a later build' && before[name])
    expect(moments.size).toBeGreaterThan(25)

    let number = 0
    for (const moment of moments.values()) {
      number += 1
      server.store.restore(moment)
      expectOldOrNew(await shownBy(server), before, after, `at moment ${number} of ${moments.size}`)
      await leaseIsOver(server)
      await mustBuild(shop)
      expect(await shownBy(server), `built again at moment ${number}`).toEqual(after)
      expect(namesOf(server)).toEqual(names)
      expect(await toldOf(server)).toEqual(told)
    }
  })

  test('whose process is killed leaves the same', { timeout: 200_000 }, async () => {
    const { server, shop } = await shopBefore(build)
    const start = server.store.snapshot()
    const before = await shownBy(server)
    const sent = server.requests.length
    await mustBuild(shop)
    const count = server.requests.length - sent
    const [after, names] = [await shownBy(server), namesOf(server)]
    for (const share of [0.3, 0.65]) {
      server.store.restore(start)
      const last = server.requests.length + Math.round(count * share)
      let kill = (_: NodeJS.Signals): void => undefined
      server.onCarriedOut(() => {
        if (server.requests.length >= last) kill('SIGKILL')
      })
      const killed = await typeBare(shop.folder, ['build'], (_, killIt) => {
        kill = killIt
      })
      server.onCarriedOut(() => undefined)
      expect(killed.exitCode).toBe(-1)
      expectOldOrNew(await shownBy(server), before, after, `killed at ${share}`)
      const { runId } = await leaseOf(server)
      const tooEarly = await shop.run(['build'])
      expect(tooEarly.exitCode).toBe(2)
      expect(tooEarly.stderr).toContain(`run ${runId} is writing in this target`)
      expectOldOrNew(await shownBy(server), before, after, `killed at ${share}, and tried too early`)
      await leaseIsOver(server)
      await mustBuild(shop)
      expect(await shownBy(server)).toEqual(after)
      expect(namesOf(server)).toEqual(names)
    }
    expect(await rowsOf(server, 'j_shop.customers')).toHaveLength(build === 'a later build' ? 3 : 2)
  })
})

/** Who was granted the two tables, of those that stand and whose grants do not stand on a view beside them yet. */
function grantsOf({ store }: LocalBigQuery): Readonly<Record<string, readonly string[]>> {
  const granted: Record<string, readonly string[]> = {}
  for (const table of ['orders', 'customers']) {
    const found = store.findTable({ dataset: 'j_shop', table })
    if (found !== undefined && found.labels?.throughline_lacks_grants === undefined)
      granted[table] = found.bindings.flatMap(({ role, members }) => members.map(member => `${role} to ${member}`))
  }
  return granted
}

const brokenOnes: readonly (readonly (keyof typeof breakContract)[])[] = [
  ['is partitioned otherwise', 'loses a column'],
  ['becomes a view'],
]
test.each(brokenOnes.map(broken => ({ broken, words: broken.join(' and one ') })))(
  'A build of tables of which one $words, killed after any of its requests or in the midst of any of its jobs, leaves the old grants, and is made whole by another',
  { timeout: 900_000 },
  async ({ broken }) => {
    const { server, shop } = await shopBefore('a later build')
    const grants = {
      orders: ['roles/bigquery.dataViewer to user:ben@example.com'],
      customers: ['roles/bigquery.admin to group:all@example.com'],
    }
    await server.query("grant `roles/bigquery.dataViewer` on table j_shop.orders to 'user:ben@example.com'")
    await server.query("grant `roles/bigquery.admin` on table j_shop.customers to 'group:all@example.com'")
    const before = await shownBy(server)
    for (const name of broken) breakContract[name](shop)
    const moments = new Map<
      string,
      { readonly snapshot: ReturnType<typeof server.store.snapshot>; readonly isInJob: boolean }
    >()
    const watch = (isInJob: boolean) => () => {
      // What others than these two tables are, and whose turn it is, is looked at above.
      const key = [...(server.store.findDataset('j_shop')?.tables ?? [])].map(
        ([name, { modifiedAt, bindings, labels }]) => [
          name,
          name.startsWith('loyalty') ? '' : modifiedAt,
          bindings,
          labels,
        ],
      )
      const known = moments.get(JSON.stringify(key))
      if (known === undefined || known.isInJob)
        moments.set(JSON.stringify(key), { snapshot: server.store.snapshot(), isInJob })
    }
    server.onCarriedOut(watch(false))
    server.onStatement(watch(true))
    await mustBuild(shop)
    server.onCarriedOut(() => undefined)
    server.onStatement(() => undefined)
    const after = await shownBy(server)
    const names = namesOf(server)
    expect(grantsOf(server)).toEqual(grants)
    expect(names.filter(name => name.includes('__tl_'))).toEqual([])

    const missing = new Set<string>()
    for (const [index, { snapshot, isInJob }] of [...moments.values()].entries()) {
      const when = `at moment ${index + 1} of ${moments.size}`
      server.store.restore(snapshot)
      const shown = await shownBy(server)
      for (const name of published) {
        if (shown[name] === undefined && isInJob) missing.add(name)
        else expect([before[name], after[name]], `${name} ${when}`).toContainEqual(shown[name])
      }
      expect(grants, when).toMatchObject(grantsOf(server))
      await leaseIsOver(server)
      await mustBuild(shop)
      expect(await shownBy(server), `built again ${when}`).toEqual(after)
      expect(grantsOf(server), `built again ${when}`).toEqual(grants)
      expect(namesOf(server), `built again ${when}`).toEqual(names)
    }
    expect([...missing].sort()).toEqual(
      broken.length === 2 ? ['j_shop.customers', 'j_shop.orders'] : ['j_shop.customers'],
    )
  },
)

test('A job that a killed build left running is stopped by the next one, which says so', async () => {
  const { server, shop } = await shopBefore('a later build')
  const body = /"destinationTable":\{[^}]*"tableId":"orders"/
  const fault = { kind: 'slow-job', asked: 100_000 } as const
  server.faults.add({ fault, times: 1, method: 'POST', path: /\/jobs$/, body })
  let kill = (_: NodeJS.Signals): void => undefined
  server.onCarriedOut(() => {
    if (server.jobs().at(-1)?.state === 'RUNNING') kill('SIGKILL')
  })
  await typeBare(shop.folder, ['build'], (_, killIt) => {
    kill = killIt
  })
  server.onCarriedOut(() => undefined)
  const left = server.jobs().find(({ state }) => state === 'RUNNING')!
  const { runId, isFree } = await leaseOf(server)
  expect(left.jobId).toMatch(new RegExp(`^throughline_${runId}_model-orders_`))
  expect(isFree).toBe(false)

  await leaseIsOver(server)
  const { exitCode, stdout } = await shop.run(['build'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain(`stopped ${left.jobId}, which run ${runId} had left running`)
  expect(left.error?.reason).toBe('stopped')
  expect(await leaseOf(server)).toMatchObject({ isFree: true })
})
