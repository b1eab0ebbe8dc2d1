import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BigQuery } from '@google-cloud/bigquery'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { folderOf } from '../../support/project.ts'
import { startGoogleSql } from './google-sql.ts'
import { clientOf } from './server/client.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'

/** Of the test of the moment: a local BigQuery with one table, and Google's client of it. */
export let server: LocalBigQuery
export let client: BigQuery

let google: GoogleSql
let folder: string

/** Serves each test of the file a shop of its own. */
export function serveTheShop(): void {
  beforeAll(async () => {
    google = await startGoogleSql()
    folder = folderOf({})
  })
  afterAll(() => google?.stop())
  beforeEach(async () => {
    await serve({})
    await client.createDataset('shop', { location: 'EU' })
    await ask(
      "create table shop.orders as select 1 as id, numeric '10.5' as amount, timestamp '2026-01-01 00:00:00.000001' as seen union all select 2, null, null",
    )
    return () => server.close()
  })
}

/** Another local BigQuery, empty, in place of the one that there is. */
export async function serve(options: { readonly pageRows?: number }): Promise<void> {
  await server?.close()
  server = await startLocalBigQuery({ google, ...options })
  client = clientOf(server)
}

export const ask = async (query: string, options: object = {}) => (await client.query({ query, ...options }))[0]

export const failed = async (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error: { code: number; message: string; errors: { reason: string }[] }) => error,
  )

export function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
