import { describe, expect, it } from 'vitest'
import { runInFile } from '../support/run.ts'
import { bench, good } from './bench.ts'
import { calendarModel, shopFiles } from './shop.ts'

describe('A stopped run', () => {
  it('publishes nothing by halves: what it reached is whole, the rest is told as not reached', async () => {
    const { database, project, rows } = bench(good)
    const stop = new AbortController()
    const ran = await runInFile(database, project(), {
      threads: 1,
      signal: stop.signal,
      emit: event => {
        if (event.type === 'node_finished' && event.result.name === 'orders') stop.abort()
      },
    })
    expect(ran.result.status).toBe('cancelled')
    expect(ran.statuses).toMatchObject({ orders: 'success', customers: 'skipped' })
    expect(ran.node('customers').skippedBecause).toBeUndefined()
    expect(await rows('select count(*) as row_count from staging.orders')).toEqual([{ row_count: 3 }])
  })

  it('leaves word which tables it did not reach', async () => {
    const { database, project, rows } = bench(good)
    await runInFile(database, project())
    const stop = new AbortController()
    await runInFile(database, project(), {
      runId: 'run_2',
      threads: 1,
      signal: stop.signal,
      emit: event => {
        if (event.type === 'node_finished' && event.result.name === 'orders') stop.abort()
      },
    })
    expect(
      await rows(
        "select table_name, run_id, is_stale from about.table_status where table_name <> 'marts.week_days' order by 1",
      ),
    ).toEqual([
      { table_name: 'marts.customers', run_id: 'run_1', is_stale: true },
      { table_name: 'staging.orders', run_id: 'run_2', is_stale: false },
    ])
  })

  it('interrupts the statement that is running', async () => {
    const slow = calendarModel
      .replace(
        'select d.week_day from',
        'select d.week_day + 0 * (select count(*) from range(100000000) as a cross join range(1000) as b) as week_day from',
      )
      .replace("kind: 'view'", "kind: 'table'")
    const { database, project } = bench(good)
    const stop = new AbortController()
    const started = performance.now()
    const ran = await runInFile(
      database,
      project({ 'models/marts/week_days.ts': slow, 'sources/shop.ts': shopFiles()['sources/shop.ts']! }),
      {
        signal: stop.signal,
        emit: event => {
          if (event.type === 'node_started' && event.name === 'week_days') setTimeout(() => stop.abort(), 200)
        },
      },
    )
    expect(ran.statuses).toMatchObject({ week_days: 'skipped' })
    expect(ran.result.status).toBe('cancelled')
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
