import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Connection } from 'snowflake-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { whyNoFakesnow } from './python.ts'
import { ask, connect, rowsOf } from './server/driver.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

describe.skipIf(whyNoFakesnow() !== undefined)('The driver loads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-loads-'))
  let server: LocalSnowflake
  let connection: Connection
  beforeAll(async () => {
    server = await startLocalSnowflake()
    connection = await connect(server)
  })
  afterAll(async () => {
    await server?.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    await ask(
      connection,
      'create or replace table orders (id number(38,0), label varchar, amount number(18,2), taken timestamp_ntz(6), is_paid boolean)',
    )
  })

  const awkward = (row: number) => (row % 7 === 0 ? null : `it's $x \\ "${row}" ? :1 ; -- é\n`)
  const fiveThousand = Array.from({ length: 5000 }, (_, row) => [
    String(row),
    awkward(row),
    `${row}.25`,
    '2026-01-02 03:04:05.678901',
    String(row % 2 === 0),
  ])

  test('5,000 rows at once by values (?, …)', async () => {
    const sql = 'insert into orders (id, label, amount, taken, is_paid) values (?, ?, ?, ?, ?)'
    const { statement } = await ask(connection, sql, { binds: fiveThousand })
    expect(statement.getNumUpdatedRows()).toBe(5000)
    expect(server.statements().filter(each => each.requestId === statement.getRequestId())).toMatchObject([
      { asked: 1 },
    ])
    const rows = await rowsOf(connection, 'select * from orders order by id')
    expect(rows).toHaveLength(5000)
    for (const row of [0, 1, 7, 4999])
      expect(rows[row]).toMatchObject({ ID: row, LABEL: awkward(row), AMOUNT: row + 0.25, IS_PAID: row % 2 === 0 })
    expect((rows[4999]!.TAKEN as Date).toISOString()).toBe('2026-01-02T03:04:05.678Z')
  })

  test('not more than one row at once by any other statement, as on the service', async () => {
    const sql = 'insert into orders (id, label) select column1, column2 from values (?, ?)'
    const asked = ask(connection, sql, { binds: fiveThousand.map(([id, label]) => [id!, label!]) })
    await expect(asked).rejects.toMatchObject({ code: '002300' })
  })

  test('one row of values that are no texts', async () => {
    const binds = [9, "it's", 1.5, '2026-01-02 03:04:05', true]
    await ask(connection, 'insert into orders select ?, ?, ?, ?, ?', { binds })
    await ask(connection, 'insert into orders select :1, :2, :3, :4, :5', { binds })
    const row = { ID: 9, LABEL: "it's", AMOUNT: 1.5, IS_PAID: true }
    expect(await rowsOf(connection, 'select * from orders')).toMatchObject([row, row])
  })

  test('a file of Parquet through a stage, copied by the driver itself', async () => {
    const file = join(folder, 'orders.parquet')
    const rows =
      "select range::bigint as id, 'é''' || range as label, 1.25::decimal(18,2) as amount, timestamp '2026-01-02 03:04:05.678901' as taken, case when range > 0 then true end as is_paid from range(2000)"
    const instance = await DuckDBInstance.create(':memory:')
    const duckdb = await instance.connect()
    await duckdb.run(`copy (${rows}) to '${file}' (format parquet)`)
    duckdb.closeSync()
    await ask(connection, 'create or replace temporary stage landing')
    const put = await ask(connection, `put 'file://${file}' @landing auto_compress = false overwrite = true`)
    expect(put.rows).toMatchObject([{ source: 'orders.parquet', status: 'UPLOADED' }])
    const copy =
      'copy into orders (id, label, amount, taken, is_paid) from (select $1:id::number(38,0), $1:label::varchar, $1:amount::number(18,2), $1:taken::timestamp_ntz(6), $1:is_paid::boolean from @landing/orders.parquet) file_format = (type = parquet)'
    expect((await ask(connection, copy)).rows).toMatchObject([{ status: 'LOADED', rows_loaded: 2000 }])
    const [first, second] = await rowsOf(connection, 'select * from orders order by id')
    expect(first).toMatchObject({ ID: 0, LABEL: "é'0", AMOUNT: 1.25, IS_PAID: null })
    expect(second).toMatchObject({ ID: 1, IS_PAID: true })
    expect((first!.TAKEN as { getNanoSeconds(): number }).getNanoSeconds()).toBe(678_901_000)
  })

  test('lines of JSON through a stage, into a table of one column', async () => {
    const file = join(folder, 'orders.ndjson')
    writeFileSync(file, '{"id":1,"label":"it\'s \\\\ é","meta":{"a":[1,null]}}\n{"id":2,"label":null}\n')
    await ask(connection, 'create or replace temporary stage landing')
    await ask(connection, 'create or replace temporary table lines (line variant)')
    await ask(connection, `put 'file://${file}' @landing auto_compress = true`)
    await ask(connection, 'copy into lines from @landing file_format = (type = json)')
    const sql =
      'select line:id::number(38,0) as id, line:label::varchar as label, line:meta as meta from lines order by 1'
    expect(await rowsOf(connection, sql)).toEqual([
      { ID: 1, LABEL: "it's \\ é", META: { a: [1, null] } },
      { ID: 2, LABEL: null, META: null },
    ])
  })

  test('100,000 rows in a stream, in parts that it fetches by itself', async () => {
    const sql = "select seq4() as id, 'row ' || seq4() as label from table(generator(rowcount => 100000)) order by 1"
    const before = server.requests.length
    const { statement } = await ask(connection, sql, { streamResult: true })
    let next = 0
    for await (const row of statement.streamRows()) {
      if (row.ID !== next || row.LABEL !== `row ${next}`) expect(row).toEqual({ ID: next, LABEL: `row ${next}` })
      next += 1
    }
    expect(next).toBe(100_000)
    expect(server.requests.slice(before).filter(request => request.startsWith('GET /chunks/'))).toHaveLength(20)
  })
})
