import type { BigQuery } from '@google-cloud/bigquery'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { startGoogleSql } from './google-sql.ts'
import { clientOf } from './server/client.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'
import { statements, tables } from './statements.ts'

let google: GoogleSql
let server: LocalBigQuery
let client: BigQuery
let asMade: ReturnType<LocalBigQuery['store']['snapshot']>

beforeAll(async () => {
  google = await startGoogleSql()
  server = await startLocalBigQuery({ google })
  client = clientOf(server)
  await client.createDataset('shop')
  await client.query(tables)
  asMade = server.store.snapshot()
})
afterAll(async () => {
  await server?.close()
  google?.stop()
})

test('there are a hundred statements', () => {
  expect(statements.length).toBeGreaterThanOrEqual(100)
})

test.each(statements.map(each => [each.says, each] as const))('%s', async (_, { before, query, gives }) => {
  server.store.restore(asMade)
  const script = before === undefined ? query : `${before}; ${query}`
  const [job] = await client.createQueryJob({ query: script })
  const answer = await fetch(`${server.address}/bigquery/v2/projects/proof/queries/${job.id}`)
  const { rows = [] } = (await answer.json()) as { rows?: readonly { f: readonly { v: unknown }[] }[] }
  expect(rows.map(({ f }) => f.map(({ v }) => plain(v)))).toEqual(gives)
})

/** Repeated values without their wrapping. */
const plain = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(item => plain((item as { v: unknown }).v)) : value
