import { published, type Shop, type Shown, type SmallShop, shopWith } from '../small-shop.ts'
import type { LocalSnowflake } from './server/server.ts'

export { badOrders, laterOrders, laterRates, type Shown, type SmallShop } from '../small-shop.ts'

/** A place for a shop of its own, in one local service: the names of its schemas begin with the prefix. */
export interface Place {
  readonly server: LocalSnowflake
  readonly prefix: string
}

/** The small shop, or another project, whose target is a local Snowflake; `more` stands beside the other keys of the target. */
export function smallShop({ server, prefix }: Place, more = '', shop?: Shop): SmallShop {
  const keys = [
    'engine: snowflake',
    'account: local',
    `access_url: "${server.url}"`,
    'user: ANA, password: secret, warehouse: WH',
    `database: SHOP, schema: ${prefix}`,
    ...(more === '' ? [] : [more]),
  ]
  return shopWith(`{ ${keys.join(', ')} }`, shop)
}

let places = 0

/** A place where nothing stands. No other run's statements are running there, which fakesnow cannot tell. */
export function newPlace(server: LocalSnowflake): Place {
  server.told.tell(/\binformation_schema\.query_history\(/, [])
  server.told.tell(/^show grants on (table|view) /, [])
  places += 1
  return { server, prefix: `p${places}` }
}

/** Rows of a table or view as texts in an order of their own; undefined where it is not there. */
export async function rowsOf({ server, prefix }: Place, name: string): Promise<readonly string[] | undefined> {
  try {
    const { columns, rows } = await server.query(`select * from shop.${prefix}_${name}`)
    const record = (row: readonly unknown[]) =>
      Object.fromEntries(columns.map((column, at) => [column.name.toLowerCase(), row[at]]))
    return rows.map(row => JSON.stringify(record(row))).sort()
  } catch (error) {
    if (/does not exist/.test(String(error))) return undefined
    throw error
  }
}

/** All that readers see, under the names that it has with the prefix `j`. */
export async function shownBy(place: Place): Promise<Shown> {
  const shown: Record<string, readonly string[] | undefined> = {}
  for (const name of published) shown[name] = await rowsOf(place, name.replace(/^j_/, ''))
  return shown
}

/** The statements that are sent from here on, and name this. */
export function listening({ server }: Place): (about: RegExp) => readonly string[] {
  const from = server.statements().length
  return about =>
    server
      .statements()
      .slice(from)
      .map(({ sql }) => sql)
      .filter(sql => about.test(sql))
}
