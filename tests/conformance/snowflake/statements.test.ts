import type { Connection } from 'snowflake-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differences } from './differences.ts'
import { whyNoFakesnow } from './python.ts'
import { ask, connect, rowsOf } from './server/driver.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { changes, proven, tables } from './statements.ts'
import { unproven } from './unproven.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('fakesnow', () => {
  let server: LocalSnowflake
  let connection: Connection
  beforeAll(async () => {
    server = await startLocalSnowflake()
    server.told.forget()
    connection = await connect(server)
    for (const sql of tables) await ask(connection, sql)
  })
  afterAll(() => server?.close())

  /** Rows, or the code of the error. */
  const outcome = (sql: string) => rowsOf(connection, sql).catch((error: { code: string }) => error.code)

  test.each(proven)('has %s', async (sql, rows) => {
    expect(await outcome(sql)).toEqual(rows)
  })

  test.each(changes)('has %s', async (sql, asked, rows) => {
    await ask(connection, sql)
    expect(await outcome(asked)).toEqual(rows)
  })

  describe('is known to differ', () => {
    beforeAll(async () => {
      await ask(connection, "create or replace view a_view (id comment 'The order') as select id from orders")
      await ask(connection, 'create or replace table a_table as select 1 as id')
    })

    const titled = differences.map(difference => [difference.sql, difference.because, difference] as const)
    test.each(titled)('in %s: %s', async (sql, _, { snowflake, fakesnow }) => {
      const answered = await outcome(sql)
      expect(answered).toEqual(fakesnow)
      expect(answered).not.toEqual(snowflake)
    })
  })

  describe('does not have', () => {
    beforeAll(async () => {
      await ask(connection, 'create or replace temporary stage landing')
      await ask(connection, 'create or replace table lines (line variant)')
    })

    test.each(unproven)('%s: %s', async sql => {
      expect(await outcome(sql)).toEqual(expect.any(String))
    })
  })
})
