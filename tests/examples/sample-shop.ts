import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { generateShop, type Shop, sampleShop } from '../../examples/shop/generate.ts'
import type { Truth } from '../../examples/shop/truth.ts'

/** The sample's shop on disk, and DuckDB tables over it: `rows` as they stand in the file, `events` without repeats. */
export interface SampleShop {
  readonly root: string
  readonly shop: Shop
  /** As read back from its file. */
  readonly truth: Truth
  readonly ask: (query: string) => Promise<Record<string, unknown>[]>
  /** The one value of a one-row answer; NaN where there is none, so that nothing found does not pass for a zero. */
  readonly askNumber: (query: string) => Promise<number>
  /** The first column. */
  readonly askList: (query: string) => Promise<unknown[]>
  readonly remove: () => Promise<void>
}

export async function openSampleShop(): Promise<SampleShop> {
  const root = await mkdtemp(join(tmpdir(), 'shop-'))
  const shop = await generateShop({ ...sampleShop, folder: join(root, 'sample') })
  const truth: Truth = JSON.parse(await readFile(shop.truthFile, 'utf8'))
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(`create table rows as select row_number() over () as line, * from read_csv('${shop.file}')`)
  await connection.run(`
    create table events as
    select * from rows qualify row_number() over (partition by event_uuid order by received_at, line) = 1
  `)

  const ask = async (query: string) => (await connection.runAndReadAll(query)).getRowObjectsJson()
  const askList = async (query: string) => (await ask(query)).map(row => Object.values(row)[0])
  return {
    root,
    shop,
    truth,
    ask,
    askNumber: async query => {
      const [value] = await askList(query)
      return value === null || value === undefined ? Number.NaN : Number(value)
    },
    askList,
    remove: async () => {
      connection.closeSync()
      instance.closeSync()
      await rm(root, { recursive: true, force: true })
    },
  }
}
