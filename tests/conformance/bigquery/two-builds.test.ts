import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GoogleSql, plainRows } from '../../../src/googlesql/googlesql.ts'
import { type Answer, typeBare } from '../../cli/support.ts'
import { startGoogleSql } from './google-sql.ts'
import { leaseIsOver, leaseOf } from './lease-row.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import { laterOrders, laterRates, published, type Shown, type SmallShop, shownBy, smallShop } from './small-shop.ts'

// One run at a time writes a target: who comes while another has the lease changes nothing, and who was away until its lease was over changes nothing more.

let google: GoogleSql
let server: LocalBigQuery
let empty: ReturnType<LocalBigQuery['store']['snapshot']>
beforeAll(async () => {
  google = await startGoogleSql()
  server = await startLocalBigQuery({ google })
  empty = server.store.snapshot()
})
beforeEach(() => server.store.restore(empty))
afterAll(async () => {
  await server?.close()
  google?.stop()
})

/** When each of the published tables was changed. */
function changes(): string {
  const times = published.map(name => {
    const [dataset, table] = name.split('.') as [string, string]
    return server.store.findTable({ dataset, table })?.modifiedAt
  })
  return times.join()
}

async function mustBuild(shop: SmallShop): Promise<void> {
  const { exitCode, stdout, stderr } = await shop.run(['build'])
  expect(exitCode, stdout + stderr).toBe(0)
}

/** The shop as it was built yesterday, in so many folders that have other raw rows today. */
async function builtYesterday(folders: number): Promise<{ readonly shops: SmallShop[]; readonly before: Shown }> {
  const shops = Array.from({ length: folders }, () => smallShop(server))
  await mustBuild(shops[0]!)
  const before = await shownBy(server)
  for (const shop of shops) {
    shop.write('data/orders.csv', laterOrders)
    shop.write('seeds/rates.csv', laterRates)
  }
  return { shops, before }
}

async function runsInStatus(): Promise<readonly unknown[]> {
  const { rows, columns } = await server.query('select distinct run_id from j_about.table_status where not is_stale')
  return plainRows({ rows, columns }).map(row => row.run_id)
}

test.each([
  [2, 0],
  [4, 0],
  [2, 30],
  [2, 70],
])(
  'Of %i builds, the others begun %i requests after the first, one builds and the others change nothing',
  async (count, between) => {
    const { shops, before } = await builtYesterday(count)
    const moments = new Map([[changes(), server.store.snapshot()]])
    const [begun, jobsBefore] = [server.requests.length, server.jobs().length]
    const later = new Promise<void>(resolve =>
      server.onCarriedOut(() => {
        moments.set(changes(), server.store.snapshot())
        if (server.requests.length >= begun + between) resolve()
      }),
    )
    const [first, ...others] = shops
    const answers = await Promise.all([
      first!.run(['build']),
      ...others.map(shop => later.then(() => shop.run(['build']))),
    ])
    server.onCarriedOut(() => undefined)
    expect(answers.map(({ exitCode }) => exitCode).sort()).toEqual([0, ...others.map(() => 2)])
    if (between > 0) expect(answers[0]!.exitCode).toBe(0)
    const { runId } = await leaseOf(server)
    for (const { exitCode, stderr } of answers) {
      if (exitCode === 0) continue
      expect(stderr).toMatch(
        new RegExp(`run ${runId} is writing in this target: a-computer, process 1, since 2\\d{3}-`),
      )
      expect(stderr).toMatch(/wait for it to end. If it was killed, another can begin from 2\d{3}-[-\d]+ [:\d]+ UTC on/)
      expect(stderr).toContain('Nothing was built.')
    }
    const ids = server
      .jobs()
      .slice(jobsBefore)
      .map(({ jobId }) => jobId)
    const ofOthers = ids.filter(id => !id.includes(runId))
    expect(ofOthers.length).toBeGreaterThan(0)
    for (const id of ofOthers) expect(id).toMatch(/_(lease|looking)_\d+$/)

    const after = await shownBy(server)
    for (const name of published) expect(after[name], name).not.toEqual(before[name])
    expect(await runsInStatus()).toEqual([runId])
    expect(server.store.dataset('j_tl_scratch').tables.size).toBe(0)
    for (const moment of moments.values()) {
      server.store.restore(moment)
      const shown = await shownBy(server)
      for (const name of published) expect([before[name], after[name]], name).toContainEqual(shown[name])
    }
  },
)

/** Stops a build of the first folder when a job of this name has been begun, lets its lease be over and another be built, and then lets it go on. */
async function goesOnLater(
  awayFrom: string,
  shops: readonly SmallShop[],
): Promise<{ readonly late: Answer; readonly after: Shown }> {
  let signal = (_: NodeJS.Signals): void => undefined
  let away: () => void
  const isAway = new Promise<void>(resolve => {
    away = resolve
  })
  const from = server.jobs().length
  server.onCarriedOut(() => {
    if (
      !server
        .jobs()
        .slice(from)
        .some(({ jobId }) => jobId.includes(awayFrom))
    )
      return
    signal('SIGSTOP')
    away()
  })
  const late = typeBare(shops[0]!.folder, ['build'], (_, send) => {
    signal = send
  })
  await isAway
  server.onCarriedOut(() => undefined)
  await leaseIsOver(server)
  await mustBuild(shops[1]!)
  const after = await shownBy(server)
  signal('SIGCONT')
  return { late: await late, after }
}

test.each(['preparing_1', 'model-rates_1', 'model-orders_2', 'model-loyalty_3'])(
  'A build that was away from %s on until its lease was over changes nothing more, and says who has it',
  { timeout: 120_000 },
  async awayFrom => {
    const { shops, before } = await builtYesterday(2)
    // What would be seen of the late one: an order that the other does not know.
    shops[0]!.write('data/orders.csv', `${laterOrders}o9,dee,EUR,9,2026-05-06 09:00:00\n`)
    shops[0]!.write('seeds/rates.csv', 'currency,to_euro\nEUR,1\nUSD,0.5\n')
    const { late, after } = await goesOnLater(awayFrom, shops)
    expect(late.exitCode, late.stdout + late.stderr).toBe(2)
    const { runId } = await leaseOf(server)
    expect(late.stdout + late.stderr).toMatch(/has lost the lease of its target/)
    for (const name of published) expect(after[name], name).not.toEqual(before[name])
    expect(await shownBy(server)).toEqual(after)
    expect(await runsInStatus()).toEqual([runId])
    const { rows } = await server.query('select run_id from j_about.runs')
    expect(rows).toHaveLength(2)
    await mustBuild(shops[1]!)
    expect(await shownBy(server)).toEqual(after)
    expect(server.store.dataset('j_tl_scratch').tables.size).toBe(0)
  },
)
