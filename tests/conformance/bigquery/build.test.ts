import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tinyRetailer } from '../../../examples/retailer/generate.ts'
import type { Columns } from '../../../src/authoring/column.ts'
import type { TableName } from '../../../src/compile/compiled.ts'
import { sqlColumnsOf } from '../../../src/googlesql/catalog.ts'
import { type GoogleSql, plainRows } from '../../../src/googlesql/googlesql.ts'
import { comparableRows } from './comparable.ts'
import { startGoogleSql } from './google-sql.ts'
import { builtRetailer } from './retailer.ts'
import { type LocalBigQuery, startLocalBigQuery } from './server/server.ts'

// The command itself, the real client and all that it sends, from the files of the raw tables to the last model.
const retailer = await builtRetailer(tinyRetailer)
let google: GoogleSql

beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(async () => {
  google?.stop()
  await retailer.close()
})

const { models, sourceTables } = retailer.forBigQuery
const tables = [
  ...[...sourceTables.values()].map(({ table, columns }) => ({ table, columns: columns as Columns })),
  ...[...models.values()].filter(({ materialization }) => materialization !== 'inline'),
]

/** Rows of a table as they stand in BigQuery, and in DuckDB. */
async function rowsOf(server: LocalBigQuery, { schema, name }: TableName, columns: Columns) {
  const typed = sqlColumnsOf(columns)
  const there = plainRows(await server.query(`select * from journeys_${schema}.${name}`))
  const here = await retailer.query(`select * from ${schema}.${name}`)
  return { inBigQuery: comparableRows(typed, there), inDuckDB: comparableRows(typed, here) }
}

describe('The retailer built by the command in BigQuery', () => {
  let server: LocalBigQuery
  beforeAll(async () => {
    server = await startLocalBigQuery({ google })
    const { exitCode, stdout, stderr } = await retailer.buildInBigQuery(server.address)
    expect(exitCode, stdout + stderr).toBe(0)
  }, 400_000)
  afterAll(() => server?.close())

  test.each(tables.map(each => [`${each.table.schema}.${each.table.name}`, each] as const))(
    'has the rows in %s that it has in DuckDB',
    async (_, { table, columns }) => {
      const { inBigQuery, inDuckDB } = await rowsOf(server, table, columns)
      expect(inBigQuery).toEqual(inDuckDB)
    },
  )
})

describe('Built through lost answers, lost requests, refusals and slow jobs', () => {
  test('it has the same rows, and no job ran twice', { timeout: 200_000 }, async () => {
    const server = await startLocalBigQuery({ google })
    const path = /\/jobs$/
    const method = 'POST'
    server.faults.add({ fault: { kind: 'lost-answer' }, times: 6, every: 4, method, path })
    server.faults.add({ fault: { kind: 'slow-job', asked: 2 }, times: 20, every: 3, method, path })
    server.faults.add({ fault: { kind: 'answer', status: 503, reason: 'backendError' }, times: 4, every: 9 })
    server.faults.add({ fault: { kind: 'answer', status: 403, reason: 'rateLimitExceeded' }, times: 4, every: 11 })
    server.faults.add({ fault: { kind: 'lost-request' }, times: 4, every: 13 })
    const { exitCode, stdout, stderr } = await retailer.buildInBigQuery(server.address, ['--select', '+orders'])
    expect(exitCode, stdout + stderr).toBe(0)
    const happened = (kind: string) => server.faults.happened.filter(fault => fault.startsWith(kind)).length
    expect([happened('lost-answer'), happened('answer'), happened('lost-request')]).toEqual([6, 8, 4])
    const ids = server.jobs().map(({ jobId }) => jobId)
    expect(new Set(ids).size).toBe(ids.length)
    const { table, columns } = models.get('orders')!
    const { inBigQuery, inDuckDB } = await rowsOf(server, table, columns)
    expect(inBigQuery.length).toBeGreaterThan(0)
    expect(inBigQuery).toEqual(inDuckDB)
    await server.close()
  })
})
