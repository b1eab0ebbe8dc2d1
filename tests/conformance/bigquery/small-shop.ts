import { plainRows } from '../../../src/googlesql/googlesql.ts'
import { published, type Shown, type SmallShop, shopWith } from '../small-shop.ts'
import type { LocalBigQuery } from './server/server.ts'

export {
  badOrders,
  laterOrders,
  laterRates,
  published,
  type Shown,
  type SmallShop,
} from '../small-shop.ts'

/** The small shop, whose target is a local BigQuery. */
export function smallShop({ address }: LocalBigQuery): SmallShop {
  return shopWith(`{ engine: bigquery, project: proof, location: EU, dataset: j, api_endpoint: "${address}" }`)
}

/** Rows of a table or view as texts in an order of their own; undefined where it is not there. */
export async function rowsOf(server: LocalBigQuery, name: string): Promise<readonly string[] | undefined> {
  const [dataset, table] = name.split('.') as [string, string]
  if (server.store.findTable({ dataset, table }) === undefined) return undefined
  const rows = plainRows(await server.query(`select * from ${name}`))
  return rows.map(row => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).sort()
}

/** All that readers see. */
export async function shownBy(server: LocalBigQuery): Promise<Shown> {
  const shown: Record<string, readonly string[] | undefined> = {}
  for (const name of published) shown[name] = await rowsOf(server, name)
  return shown
}
