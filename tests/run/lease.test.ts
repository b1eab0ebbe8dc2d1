import { afterEach, describe, expect, it, vi } from 'vitest'
import { naming } from '../../src/compile/naming.ts'
import { ProblemsError } from '../../src/problems/problem.ts'
import type { RunEvent } from '../../src/run/events.ts'
import { type Lease, takeLease } from '../../src/run/lease.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Row, WarehouseError } from '../../src/warehouse/warehouse.ts'
import { type SharedWarehouse, sharedWarehouse } from './shared-warehouse.ts'

afterEach(() => vi.restoreAllMocks())

interface Run {
  readonly lease: Lease
  readonly events: readonly RunEvent[]
  /** Lets the minute of a renewal come, and waits for it. */
  minute(): Promise<void>
}

async function run(shared: SharedWarehouse, runId: string): Promise<Run> {
  const events: RunEvent[] = []
  let tick = (): void => undefined
  const lease = await takeLease({
    warehouse: shared.warehouse,
    naming: naming(undefined),
    runId,
    owner: `the computer of ${runId}`,
    every: (_, act) => {
      tick = act
      return () => {
        tick = () => undefined
      }
    },
    emit: event => events.push(event),
  })
  const minute = async (): Promise<void> => {
    tick()
    await vi.waitFor(() => expect((lease as unknown as { renewal: unknown }).renewal).toBeUndefined())
  }
  return { lease: lease!, events, minute }
}

async function rowOf({ warehouse }: SharedWarehouse): Promise<Row> {
  const session = await warehouse.connect()
  const [row] = await session.query('select run_number, run_id, released_at from about.lease')
  session.close()
  return row!
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ProblemsError)
  const [problem] = (error as ProblemsError).problems
  return `${problem?.message}; ${problem?.hint}`
}

const messages = ({ events }: Run) =>
  events.map(event => (event.type === 'problem' ? event.problem.message : event.type === 'note' ? event.message : ''))

describe('The lease of a target', () => {
  it('is one run’s alone: a second is told whose, since when, and what to do', async () => {
    const shared = await sharedWarehouse()
    await run(shared, 'one')
    await shared.pass(90)
    expect(await refusal(run(shared, 'two'))).toBe(
      'run one is writing in this target: the computer of one, since 2026-06-01 12:00:00 UTC; ' +
        'one run at a time does: wait for it to end. If it was killed, another can begin from 2026-06-01 12:05:00 UTC on, unless it renews its lease until then',
    )
    expect(await rowOf(shared)).toEqual({ run_number: 1, run_id: 'one', released_at: null })
  })

  it('is asked for nowhere where the warehouse lets in one process by itself', async () => {
    const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
    const input = { warehouse, naming: naming(undefined), runId: 'one', owner: 'a test', emit: () => undefined }
    expect(await takeLease({ ...input, every: () => () => undefined })).toBeUndefined()
  })

  it('is the next one’s as soon as it is given back', async () => {
    const shared = await sharedWarehouse()
    await (await run(shared, 'one')).lease.release()
    const two = await run(shared, 'two')
    expect(await rowOf(shared)).toEqual({ run_number: 2, run_id: 'two', released_at: null })
    expect(messages(two)).toEqual([])
  })

  it('is kept for as long as it is renewed', async () => {
    const shared = await sharedWarehouse()
    const one = await run(shared, 'one')
    for (let hour = 0; hour < 4; hour++) {
      await shared.pass(240)
      await one.minute()
    }
    await shared.pass(240)
    expect(await refusal(run(shared, 'two'))).toContain('run one is writing in this target')
    expect(one.lease.lost.aborted).toBe(false)
  })

  it('is another’s after five minutes without a renewal, once what the first left running is stopped', async () => {
    const shared = await sharedWarehouse()
    const one = await run(shared, 'one')
    shared.left.set('one', ['job 7'])
    await shared.pass(299)
    await refusal(run(shared, 'two'))
    expect(shared.askedFor).toEqual([])
    await shared.pass(1)
    const two = await run(shared, 'two')
    // Before it is taken, and what came in between.
    expect(shared.askedFor).toEqual(['one', 'one'])
    expect(messages(two)[0]).toBe('stopped job 7, which run one had left running')
    expect(await rowOf(shared)).toMatchObject({ run_number: 2, run_id: 'two' })

    await one.minute()
    expect(one.lease.lost.aborted).toBe(true)
    expect(messages(one)).toEqual([
      'this run has lost the lease of its target: another run has it now',
      'run two has it: the computer of two, since 2026-06-01 12:05:00 UTC',
    ])
    await one.lease.release()
    expect(await rowOf(shared)).toEqual({ run_number: 2, run_id: 'two', released_at: null })
    expect(two.lease.lost.aborted).toBe(false)
  })

  it('is not taken where what the other left running does not end', async () => {
    const shared = await sharedWarehouse()
    await run(shared, 'one')
    await shared.pass(301)
    const stubborn = new WarehouseError('job 7 was cancelled and has not ended', { kind: 'connection' })
    shared.sharing.stopJobs = () => Promise.reject(stubborn)
    await expect(run(shared, 'two')).rejects.toBe(stubborn)
    expect(await rowOf(shared)).toMatchObject({ run_number: 1, run_id: 'one' })
  })

  it('is one run’s, however many ask for it at the same moment', async () => {
    const shared = await sharedWarehouse()
    await (await run(shared, 'zero')).lease.release()
    const taken = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(name => run(shared, name)))
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await rowOf(shared)).toMatchObject({ run_number: 2, released_at: null })
  })

  it('outlives renewals that fail, and is lost when none has come through for five minutes', async () => {
    const shared = await sharedWarehouse()
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const one = await run(shared, 'one')
    const { session } = one.lease as unknown as { session: { change: (sql: string) => Promise<number> } }
    session.change = () => Promise.reject(new WarehouseError('the line is cut', { kind: 'connection' }))
    now = 299_000
    await one.minute()
    expect(one.lease.lost.aborted).toBe(false)
    now = 301_000
    expect(await one.lease.isHeld()).toBe(false)
    expect(messages(one)).toEqual([
      'this run has lost the lease of its target: it could not be renewed for 5 minutes: the line is cut',
    ])
  })

  it('that cannot be given back is over by itself, which is said', async () => {
    const shared = await sharedWarehouse()
    const one = await run(shared, 'one')
    const { session } = one.lease as unknown as { session: { change: (sql: string) => Promise<number> } }
    session.change = () => Promise.reject(new WarehouseError('the line is cut', { kind: 'connection' }))
    await one.lease.release()
    expect(messages(one)).toEqual([
      'it could not be given back, and keeps other runs out for 5 minutes at the most: the line is cut',
    ])
    await shared.pass(300)
    await run(shared, 'two')
  })
})
