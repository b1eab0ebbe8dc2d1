import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownTable } from '../../../src/run/own-table.ts'
import { SnowflakeWarehouse } from '../../../src/warehouse/snowflake/snowflake-warehouse.ts'
import { pauses, settingsOf } from './client-support.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

const table = { schema: 'j_about', database: 'shop', name: 'runs' }
const runId = { name: 'run_id', type: 'text', says: 'Which' } as const
const seconds = { name: 'seconds', type: 'integer', says: 'How long' } as const

describe.skipIf(whyNoFakesnow() !== undefined)('On Snowflake', { timeout: 120_000 }, () => {
  let server: LocalSnowflake
  beforeAll(async () => {
    server = await startLocalSnowflake()
  })
  afterAll(() => server?.close())

  test("one of the engine's own tables that an earlier version made gets the columns that it lacks, and keeps its rows", async () => {
    const warehouse = await SnowflakeWarehouse.open(settingsOf(server), pauses().retries)
    const session = await warehouse.connect()
    await warehouse.createSchemas(session, [{ schema: 'j_about', database: 'shop' }])
    await warehouse.createOwnTable(session, ownTable(table, 'Runs.', [runId]))
    await session.execute("insert into shop.j_about.runs (run_id) values ('a')")
    await warehouse.createOwnTable(session, ownTable(table, 'Runs.', [runId, seconds]))
    await warehouse.createOwnTable(session, ownTable(table, 'Runs.', [runId, seconds]))
    await session.execute("insert into shop.j_about.runs (run_id, seconds) values ('b', 2)")
    expect(await session.query('select run_id, seconds from shop.j_about.runs order by run_id')).toEqual([
      { run_id: 'a', seconds: null },
      { run_id: 'b', seconds: 2 },
    ])
    session.close()
    await warehouse.close()
  })
})
