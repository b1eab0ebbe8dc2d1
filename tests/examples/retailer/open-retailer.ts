import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { generateRetailer, type Retailer } from '../../../examples/retailer/generate.ts'

/**
 * A retailer on disk and DuckDB over its files as they are, texts all: `raw.shopify_order`, `truth.orders` and so on; and
 * `raw.ga4`, a row an event, with the params that tests ask for beside it.
 */
export interface OpenRetailer {
  readonly made: Retailer
  readonly ask: (query: string) => Promise<Record<string, unknown>[]>
  /** The one value of a one-row answer; NaN where there is none, so that nothing found does not pass for a zero. */
  readonly askNumber: (query: string) => Promise<number>
  /** The first column. */
  readonly askList: (query: string) => Promise<unknown[]>
  readonly close: () => Promise<void>
}

export async function openRetailer(options: { readonly seed: string; readonly events: number }): Promise<OpenRetailer> {
  const folder = await mkdtemp(join(tmpdir(), 'retailer-'))
  const made = await generateRetailer({ ...options, folder })
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run('create schema raw; create schema truth')
  const readCsv = (file: string) => `read_csv('${file}', all_varchar = true, header = true)`

  for (const name of await readdir(made.truthFolder)) {
    await connection.run(
      `create table truth.${name.slice(0, -4)} as select * from ${readCsv(join(made.truthFolder, name))}`,
    )
  }
  for (const system of await readdir(made.rawFolder)) {
    if (system === 'ga4') continue
    for (const name of await readdir(join(made.rawFolder, system))) {
      const table = `raw.${system}_${name.slice(0, -4)}`
      await connection.run(`create table ${table} as select * from ${readCsv(join(made.rawFolder, system, name))}`)
    }
  }
  const param = (key: string, kind: string) =>
    `list_filter(event_params, lambda p: p.key = '${key}')[1].value.${kind} as ${key}`
  await connection.run(`
    create table raw.ga4 as
    select *, user_pseudo_id || '|' || event_timestamp || '|' || event_name as row_key,
      make_timestamp(event_timestamp::bigint) as happened_at,
      ${param('page_location', 'string_value')}, ${param('page_referrer', 'string_value')},
      ${param('ga_session_id', 'int_value')}, ${param('campaign', 'string_value')},
      ${param('transaction_id', 'string_value')}, ${param('traffic_type', 'string_value')}
    from read_json('${join(made.rawFolder, 'ga4')}/*.json.gz', format = 'newline_delimited', filename = true)
  `)

  const ask = async (query: string) => (await connection.runAndReadAll(query)).getRowObjectsJson()
  const askList = async (query: string) => (await ask(query)).map(row => Object.values(row)[0])
  return {
    made,
    ask,
    askNumber: async query => {
      const [value] = await askList(query)
      return value === null || value === undefined ? Number.NaN : Number(value)
    },
    askList,
    close: async () => {
      connection.closeSync()
      instance.closeSync()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
