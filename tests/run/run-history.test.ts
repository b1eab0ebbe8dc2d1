import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/run/events.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { WarehouseError } from '../../src/warehouse/warehouse.ts'
import { folderOf, projectOf } from '../support/project.ts'
import { type RunOptions, rowsInFile, runIn, runInFile } from '../support/run.ts'
import { ordersModel, shopFiles } from './shop.ts'

const header = 'order_id,customer,amount\n'

function bench() {
  const folder = folderOf({ 'orders.csv': `${header}o1,ann,10.50\n` })
  const file = join(folder, 'orders.csv')
  const database = join(folder, 'shop.duckdb')
  const project = projectOf(shopFiles(ordersModel('.atLeast(0)')), { sources: { shop: { file } } })
  return {
    write: (text: string) => writeFileSync(file, text),
    database,
    project,
    run: (options: RunOptions) => runInFile(database, project, options),
    rows: (query: string) => rowsInFile(database, query),
  }
}

const counts =
  'select run_id, command, status, succeeded_count, failed_count, skipped_count from about.runs order by started_at'

describe('The table of runs', () => {
  it('has a row of each run, failed ones too, and of tests once it is there', async () => {
    const { run, rows, write } = bench()
    await run({ runId: 'run_1' })
    write(`${header}o1,ann,-1\n`)
    await run({ runId: 'run_2' })
    await run({ runId: 'run_3', command: 'test' })
    expect(await rows(counts)).toEqual([
      { run_id: 'run_1', command: 'build', status: 'success', succeeded_count: 4, failed_count: 0, skipped_count: 0 },
      { run_id: 'run_2', command: 'build', status: 'error', succeeded_count: 2, failed_count: 1, skipped_count: 1 },
      { run_id: 'run_3', command: 'test', status: 'success', succeeded_count: 3, failed_count: 0, skipped_count: 0 },
    ])
  })

  it('says when a run began and ended and what it took for now, and no costs where none are billed', async () => {
    const { run, rows } = bench()
    const before = Date.now()
    await run({ runId: 'run_1' })
    const [row] = await rows('select * from about.runs')
    const { as_of: asOf, started_at: startedAt, finished_at: finishedAt, ...others } = row!
    expect(asOf).toMatch(/^2026-06-01 12:00:00/)
    const milliseconds = (instant: unknown) => Date.parse(`${String(instant).replace(' ', 'T').slice(0, 23)}Z`)
    expect(milliseconds(startedAt)).toBeGreaterThanOrEqual(before)
    expect(milliseconds(finishedAt)).toBeGreaterThanOrEqual(milliseconds(startedAt))
    expect(milliseconds(finishedAt)).toBeLessThanOrEqual(Date.now())
    const { job_count, bytes_processed, bytes_billed, slot_milliseconds, estimated_usd } = others
    expect([job_count, bytes_processed, bytes_billed, slot_milliseconds, estimated_usd]).toEqual(Array(5).fill(null))
  })

  it('gets the columns that one of an earlier version lacks, and keeps its rows', async () => {
    const { run, rows, database } = bench()
    await run({ runId: 'run_1' })
    const warehouse = await DuckDBWarehouse.open({ path: database })
    const session = await warehouse.connect()
    await session.execute('alter table about.runs drop column succeeded_count')
    session.close()
    await warehouse.close()
    await run({ runId: 'run_2' })
    expect(await rows('select run_id, succeeded_count from about.runs order by started_at')).toEqual([
      { run_id: 'run_1', succeeded_count: null },
      { run_id: 'run_2', succeeded_count: 4 },
    ])
  })

  it('has a row of a run that was stopped', async () => {
    const { run, rows } = bench()
    const stop = new AbortController()
    const emit = (event: RunEvent) => {
      if (event.type === 'node_started') stop.abort()
    }
    await run({ runId: 'run_1', signal: stop.signal, emit, threads: 1 })
    expect(await rows('select run_id, status from about.runs')).toEqual([{ run_id: 'run_1', status: 'cancelled' }])
  })

  it('is not made by a test, which builds nothing', async () => {
    const { run, rows } = bench()
    await run({ command: 'test' })
    expect(await rows("select 1 from duckdb_tables() where table_name = 'runs'")).toEqual([])
  })

  it('that cannot be written fails no run: what was built stands, and the report says so', async () => {
    const { database, project, rows } = bench()
    const warehouse = await DuckDBWarehouse.open({ path: database })
    warehouse.writeRow = async () => {
      throw new WarehouseError('no answer', { kind: 'connection' })
    }
    const ran = await runIn(warehouse, project)
    await warehouse.close()
    expect(ran.result.status).toBe('success')
    expect(ran.events).toContainEqual({
      type: 'note',
      name: 'runs',
      message: 'this run could not be written down in about.runs: no answer',
    })
    expect(await rows('select count(*) as n from marts.customers')).toEqual([{ n: 1 }])
  })
})
