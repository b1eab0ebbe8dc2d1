import { describe, expect, it } from 'vitest'
import { naming } from '../../src/compile/naming.ts'
import { ProblemsError } from '../../src/problems/problem.ts'
import { takeLease } from '../../src/run/lease.ts'
import type { Row } from '../../src/warehouse/warehouse.ts'
import { runIn } from '../support/run.ts'
import { bench, good } from './bench.ts'
import { type SharedWarehouse, sharedWarehouse } from './shared-warehouse.ts'

async function ask({ warehouse }: SharedWarehouse, sql: string): Promise<readonly Row[]> {
  const session = await warehouse.connect()
  try {
    return await session.query(sql)
  } finally {
    session.close()
  }
}

const lease = 'select run_id, released_at is not null as is_free from about.lease'

describe('A run in a warehouse that several processes may write', () => {
  it('gives its lease back at its end, whatever becomes of it', async () => {
    const shared = await sharedWarehouse()
    const { project } = bench(good)
    await runIn(shared.warehouse, project())
    expect(await ask(shared, lease)).toEqual([{ run_id: 'run_1', is_free: true }])
    const stop = new AbortController()
    await runIn(shared.warehouse, project(), {
      runId: 'run_2',
      signal: stop.signal,
      emit: event => void (event.type === 'node_finished' && stop.abort()),
    })
    expect(await ask(shared, lease)).toEqual([{ run_id: 'run_2', is_free: true }])
    const already = new AbortController()
    already.abort()
    await runIn(shared.warehouse, project(), { runId: 'run_3', signal: already.signal }).catch(() => undefined)
    const [row] = await ask(shared, lease)
    expect(row?.is_free).toBe(true)
  })

  it('begins nothing while another has the lease', async () => {
    const shared = await sharedWarehouse()
    const { project } = bench(good)
    const of = { warehouse: shared.warehouse, naming: naming(undefined), runId: 'run_1', owner: 'a test' }
    const lease = await takeLease({ ...of, every: () => () => undefined, emit: () => undefined })
    const error = await runIn(shared.warehouse, project(), { runId: 'run_2' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ProblemsError)
    expect((error as ProblemsError).problems[0]?.message).toContain('run run_1 is writing in this target')
    expect(await ask(shared, "select table_name from duckdb_tables() where table_name <> 'tl_clock'")).toEqual([
      { table_name: 'lease' },
    ])
    await lease!.release()
    await runIn(shared.warehouse, project(), { runId: 'run_3' })
    expect(await ask(shared, 'select run_id from about.runs')).toEqual([{ run_id: 'run_3' }])
  })

  it('that loses its lease stops there, says so, and neither clears scratch nor writes itself down', async () => {
    const shared = await sharedWarehouse()
    const { project } = bench(good)
    const session = await shared.warehouse.connect()
    let taken: Promise<void> | undefined
    const ran = await runIn(shared.warehouse, project(), {
      threads: 1,
      emit: event => {
        if (event.type !== 'node_started' || event.name !== 'customers') return
        const other = "update about.lease set run_number = 2, run_id = 'other', owner = 'another computer'"
        taken = session
          .execute(other)
          .then(() => session.execute('create table tl_scratch.of_the_other as select 1 as one'))
      },
    })
    await taken
    expect(ran.result.status).toBe('cancelled')
    const told = ran.events.flatMap(event => (event.type === 'problem' ? [event.problem.message] : []))
    expect(told).toEqual(['this run has lost the lease of its target: another run has it now'])
    expect(await ask(shared, 'select one from tl_scratch.of_the_other')).toEqual([{ one: 1 }])
    expect(await ask(shared, 'select run_id from about.runs')).toEqual([])
    expect(await ask(shared, lease)).toEqual([{ run_id: 'other', is_free: false }])
  })

  it('takes no lease to test what is published', async () => {
    const shared = await sharedWarehouse()
    const { project } = bench(good)
    await runIn(shared.warehouse, project())
    await runIn(shared.warehouse, project(), { runId: 'run_2', command: 'test' })
    expect(await ask(shared, lease)).toEqual([{ run_id: 'run_1', is_free: true }])
  })
})
