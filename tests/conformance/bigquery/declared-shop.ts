import type { BigQuery } from '@google-cloud/bigquery'
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { startGoogleSql } from './google-sql.ts'
import { clientOf } from './server/client.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import { type SmallShop, smallShop } from './small-shop.ts'

export let google: GoogleSql
/** A local BigQuery in which the small shop is built, and nothing is declared; for each test of a file that imports this. */
export let server: LocalBigQuery
export let client: BigQuery
export let shop: SmallShop
let undeclared: ReturnType<LocalBigQuery['store']['snapshot']>

/** Builds the shop once, does what is `then` to be done to it, and gives each test of the file one in which nothing more is declared. */
export function serveTheDeclaredShop(then: () => Promise<void> = async () => undefined): void {
  // Some of them build four times.
  vi.setConfig({ testTimeout: 240_000 })
  beforeAll(async () => {
    google = await startGoogleSql()
    server = await startLocalBigQuery({ google })
    client = clientOf(server)
    const { exitCode, stdout } = await smallShop(server).run(['build'])
    expect(exitCode, stdout).toBe(0)
    await then()
    undeclared = server.store.snapshot()
  })
  afterAll(async () => {
    await server?.close()
    google?.stop()
  })
  beforeEach(() => {
    server.onCarriedOut(() => undefined)
    server.faults.clear()
    server.store.restore(undeclared)
    shop = smallShop(server)
  })
}

export const orders = 'models/shop/orders.ts'
export const customers = 'models/shop/customers.ts'
export const config = 'warehouse.config.yaml'
export const dayMs = 24 * 3600 * 1000
export const tag = (number: number) => `projects/p/locations/eu/taxonomies/1/policyTags/${number}`
export const stored = (table: string, dataset = 'j_shop') => server.store.table({ dataset, table })
export const tagsOf = (table: string, dataset?: string) =>
  Object.fromEntries(
    stored(table, dataset).columns.flatMap(({ name, policyTags }) => (policyTags ? [[name, ...policyTags]] : [])),
  )

/** A command that has to end well; gives what it said. */
export async function build(args: readonly string[] = ['build']): Promise<string> {
  const answer = await shop.run(args)
  expect(answer.exitCode, answer.stdout + answer.stderr).toBe(0)
  return answer.stdout
}

/** Orders that have to be read by the day, are kept for a while, and whose customers not everybody may see. */
export function declare(): void {
  shop.mend(
    orders,
    "clusterBy: ['customer']",
    "clusterBy: ['customer'], requirePartitionFilter: true, partitionsExpireAfterDays: 400",
  )
  shop.mend(orders, "customer: text('Who')", "customer: text('Who').classified('person')")
  shop.mend(orders, 'grain:', "labels: { domain: 'sales' },\n  grain:")
  shop.mend(customers, "{ kind: 'table' }", "{ kind: 'table', expiresAfterDays: 30 }")
  shop.mend(customers, "key('Who')", "key('Who').classified('person')")
  say(`labels: { team: growth }, policy_tags: { person: "${tag(2)}" }, models: { orders: { labels: { use: web } } }`)
}

/** Further keys of the target. */
export const say = (keys: string) => shop.mend(config, 'dataset: j,', `dataset: j, ${keys},`)
