import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { startGoogleSql } from './google-sql.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import { laterOrders, laterRates, published, shownBy, smallShop } from './small-shop.ts'

// Two builds into one target take each other's tables of scratch away, so either may fail; docs/bigquery.md says so. What holds all the same:
// whatever readers find is the whole of a table, and the next build that is alone ends as if nothing had been.

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

/** When each of the published tables was changed. */
function changes(): string {
  const times = published.map(name => {
    const [dataset, table] = name.split('.') as [string, string]
    return server.store.findTable({ dataset, table })?.modifiedAt
  })
  return times.join()
}

test.each([0, 30, 70])('Two builds at once, the second begun %i requests after the first', async between => {
  const start = server.store.snapshot()
  const [one, other] = [smallShop(server), smallShop(server)]
  expect((await one.run(['build'])).exitCode).toBe(0)
  const before = await shownBy(server)
  for (const shop of [one, other]) {
    shop.write('data/orders.csv', laterOrders)
    shop.write('seeds/rates.csv', laterRates)
  }
  const moments = new Map([[changes(), server.store.snapshot()]])
  const begun = server.requests.length
  const second = new Promise<void>(resolve =>
    server.onCarriedOut(() => {
      moments.set(changes(), server.store.snapshot())
      if (server.requests.length >= begun + between) resolve()
    }),
  )
  const answers = await Promise.all([one.run(['build']), second.then(() => other.run(['build']))])
  server.onCarriedOut(() => undefined)
  for (const { exitCode, stdout, stderr } of answers) {
    expect([0, 1], stderr).toContain(exitCode)
    if (exitCode === 1) expect(stdout).toMatch(/[Nn]ot found/)
  }

  const { exitCode, stdout } = await one.run(['build'])
  expect(exitCode, stdout).toBe(0)
  const after = await shownBy(server)
  for (const name of published) expect(after[name], name).not.toEqual(before[name])
  const { rows } = await server.query('select table_name from j_about.table_status where is_stale')
  expect(rows).toEqual([])
  expect(server.store.dataset('j_tl_scratch').tables.size).toBe(0)
  for (const moment of moments.values()) {
    server.store.restore(moment)
    const shown = await shownBy(server)
    for (const name of published) expect([before[name], after[name]], name).toContainEqual(shown[name])
  }
  server.store.restore(start)
})
