import type { CompiledModel } from '../compile/compiled.ts'
import { schemaOf } from '../compile/naming.ts'
import { ProblemsError } from '../problems/problem.ts'
import { WarehouseError } from '../warehouse/warehouse.ts'
import { stands } from './build-model.ts'
import { withLaterCosts } from './later-costs.ts'
import { type Lease, takeLease } from './lease.ts'
import { hintBefore } from './node-problem.ts'
import { mustBeThere, prepare, prepareForFailures } from './prepare.ts'
import type { NodeResult, RunResult } from './result.ts'
import { type EndedRun, writeRun } from './run-history.ts'
import type { RunInput } from './run-input.ts'
import { schedule } from './scheduler.ts'
import { SessionPool } from './session-pool.ts'
import { interruptedWhen } from './stoppable.ts'
import { Tasks } from './tasks.ts'

/**
 * Builds, tests and publishes what is selected, as many nodes at a time as there are threads. What fails is told in the result and keeps
 * what depends on it from being built, and nothing else. Throws `ProblemsError` where the run cannot begin: nothing was built then.
 */
export async function runProject(input: RunInput): Promise<RunResult> {
  const { compiled, selected, signal } = input
  const models = [...compiled.models.values()].filter(
    ({ name, materialization }) => selected.has(name) && materialization !== 'inline',
  )
  if (input.command === 'test') return runNodes(input, models, undefined)
  await withPool(input, pool => pool.use('looking', session => mustBeThere(session, input, models))).catch(cannotBegin)
  const lease = await takeLease(input).catch(cannotBegin)
  if (lease === undefined) return runNodes(input, models, undefined)
  try {
    await interruptedWhen(signal, async () => undefined)
    return await runNodes({ ...input, signal: AbortSignal.any([signal, lease.lost]) }, models, lease)
  } finally {
    await lease.release()
  }
}

async function withPool<T>(input: RunInput, work: (pool: SessionPool) => Promise<T>): Promise<T> {
  const pool = new SessionPool(input)
  try {
    return await work(pool)
  } finally {
    pool.close()
  }
}

function runNodes(input: RunInput, models: readonly CompiledModel[], lease: Lease | undefined): Promise<RunResult> {
  const { signal, emit, runId, startedAt, command, target, threads } = input
  const isTest = command === 'test'
  return withPool(input, async pool => {
    const beganAt = new Date().toISOString()
    const prepared = pool.use('preparing', session =>
      isTest ? prepareForFailures(session, input) : prepare(session, input, models, lease?.fence),
    )
    await prepared.catch(cannotBegin)
    const results: NodeResult[] = []
    const tasks = new Tasks(input, models, pool, lease, result => {
      results.push(result)
      emit({ type: 'node_finished', result, done: results.length, of: tasks.all.length })
    })
    emit({ type: 'run_started', runId, startedAt, command, target, nodeCount: tasks.all.length, threads })
    await schedule(tasks.all, { threads, failFast: input.failFast, signal })
    if (!isTest) await clear(pool, input, lease)
    const counted = withLaterCosts(results, await pool.laterCosts())
    const status = statusOf(results, signal)
    const result: RunResult = {
      runId,
      command,
      startedAt,
      finishedAt: new Date().toISOString(),
      status,
      results: counted,
    }
    await keepRun(pool, input, { result, beganAt }, lease)
    emit({ type: 'run_finished', result })
    return result
  })
}

/** What was published stands, whatever is left in scratch: the next run clears it away. Where the lease is lost, what is there may be another run's. */
async function clear(
  pool: SessionPool,
  { naming, warehouse, emit }: RunInput,
  lease: Lease | undefined,
): Promise<void> {
  if ((await lease?.isHeld()) === false) return
  const scratch = schemaOf(naming.scratch('x'))
  const cleared = pool.use('clearing', session => warehouse.clearScratch(session, scratch))
  await cleared.catch(error => emit({ type: 'note', name: 'scratch', message: notCleared(error) }))
}

/** A test makes no table: it is written down where a build has made the one for it. */
async function keepRun(
  pool: SessionPool,
  { warehouse, naming, command, emit }: RunInput,
  ended: EndedRun,
  lease: Lease | undefined,
): Promise<void> {
  if (lease?.lost.aborted) return
  const { runs } = naming
  const failure = await pool.use('writing down', async session => {
    if (command === 'test' && !(await stands(session, warehouse, runs))) return undefined
    return writeRun(session, warehouse, runs, ended, lease?.fence)
  })
  if (failure !== undefined) emit({ type: 'note', name: runs.name, message: failure })
}

export function cannotBegin(error: unknown): never {
  if (!(error instanceof WarehouseError) || error.errorKind === 'interrupted') throw error
  throw new ProblemsError([{ kind: 'warehouse', message: error.message, hint: hintBefore(error) }], { cause: error })
}

function notCleared(error: unknown): string {
  if (!(error instanceof WarehouseError)) throw error
  return `it could not be emptied after the run, and the next run does that: ${error.message}`
}

function statusOf(results: readonly NodeResult[], signal: AbortSignal): RunResult['status'] {
  if (signal.aborted) return 'cancelled'
  return results.some(({ status }) => status === 'error') ? 'error' : 'success'
}
