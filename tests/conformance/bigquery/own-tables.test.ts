import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { plainRows } from '../../../src/googlesql/googlesql.ts'
import { ownTable } from '../../../src/run/own-table.ts'
import { BigQueryWarehouse } from '../../../src/warehouse/bigquery/bigquery-warehouse.ts'
import { startGoogleSql } from './google-sql.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'

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

const table = { schema: 'about', database: 'proof', name: 'runs' }
const runId = { name: 'run_id', type: 'text', says: 'Which' } as const
const seconds = { name: 'seconds', type: 'integer', says: 'How long' } as const

test("one of the engine's own tables that an earlier version made gets the columns that it lacks, and keeps its rows", async () => {
  const warehouse = await BigQueryWarehouse.open({
    project: 'proof',
    location: 'EU',
    labels: {},
    priority: 'interactive',
    usdPerTib: 6.25,
    apiEndpoint: server.address,
  })
  const session = await warehouse.connect()
  await warehouse.createSchemas(session, [{ schema: 'about', database: 'proof' }])
  await warehouse.createOwnTable(session, ownTable(table, 'Runs.', [runId]))
  await session.execute("insert into proof.about.runs (run_id) values ('a')")
  await warehouse.createOwnTable(session, ownTable(table, 'Runs.', [runId, seconds]))
  await warehouse.createOwnTable(session, ownTable(table, 'Runs.', [runId, seconds]))
  await session.execute("insert into proof.about.runs (run_id, seconds) values ('b', 2)")
  expect(plainRows(await server.query('select * from proof.about.runs order by run_id'))).toEqual([
    { run_id: 'a', seconds: null },
    { run_id: 'b', seconds: 2 },
  ])
})
