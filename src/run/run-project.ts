import { schemaOf } from '../compile/naming.ts'
import { ProblemsError } from '../problems/problem.ts'
import { WarehouseError } from '../warehouse/warehouse.ts'
import { stands } from './build-model.ts'
import { hintOf } from './node-problem.ts'
import { prepare, prepareForFailures } from './prepare.ts'
import type { NodeResult, RunResult } from './result.ts'
import { type EndedRun, writeRun } from './run-history.ts'
import type { RunInput } from './run-input.ts'
import { schedule } from './scheduler.ts'
import { SessionPool } from './session-pool.ts'
import { Tasks } from './tasks.ts'

/**
 * Builds, tests and publishes what is selected, as many nodes at a time as there are threads. What fails is told in the result and keeps
 * what depends on it from being built, and nothing else. Throws `ProblemsError` where the run cannot begin: nothing was built then.
 */
export async function runProject(input: RunInput): Promise<RunResult> {
  const { compiled, selected, signal, emit, warehouse } = input
  const models = [...compiled.models.values()].filter(
    ({ name, materialization }) => selected.has(name) && materialization !== 'inline',
  )
  const pool = new SessionPool(input)
  const beganAt = new Date().toISOString()
  try {
    const isTest = input.command === 'test'
    const prepared = pool.use('preparing', session =>
      isTest ? prepareForFailures(session, input) : prepare(session, input, models),
    )
    await prepared.catch(cannotBegin)
    const results: NodeResult[] = []
    const tasks = new Tasks(input, models, pool, result => {
      results.push(result)
      emit({ type: 'node_finished', result, done: results.length, of: tasks.all.length })
    })
    const { runId, startedAt, command, target, threads } = input
    emit({ type: 'run_started', runId, startedAt, command, target, nodeCount: tasks.all.length, threads })
    await schedule(tasks.all, { threads, failFast: input.failFast, signal })
    const scratch = schemaOf(input.naming.scratch('x'))
    if (!isTest) {
      const cleared = pool.use('clearing', session => warehouse.clearScratch(session, scratch))
      await cleared.catch(error => emit({ type: 'note', name: 'scratch', message: notCleared(error) }))
    }
    const result: RunResult = {
      runId,
      command,
      startedAt,
      finishedAt: new Date().toISOString(),
      status: statusOf(results, signal),
      results,
    }
    await keepRun(pool, input, { result, beganAt })
    emit({ type: 'run_finished', result })
    return result
  } finally {
    pool.close()
  }
}

/** A test makes no table: it is written down where a build has made the one for it. */
async function keepRun(
  pool: SessionPool,
  { warehouse, naming, command, emit }: RunInput,
  ended: EndedRun,
): Promise<void> {
  const { runs } = naming
  const failure = await pool.use('writing down', async session => {
    if (command === 'test' && !(await stands(session, warehouse, runs))) return undefined
    return writeRun(session, warehouse, runs, ended)
  })
  if (failure !== undefined) emit({ type: 'note', name: runs.name, message: failure })
}

export function cannotBegin(error: unknown): never {
  if (!(error instanceof WarehouseError) || error.errorKind === 'interrupted') throw error
  throw new ProblemsError([{ kind: 'warehouse', message: error.message, hint: hintOf(error) }], { cause: error })
}

/** What was published stands, whatever is left in scratch: the next run clears it away. */
function notCleared(error: unknown): string {
  if (!(error instanceof WarehouseError)) throw error
  return `it could not be emptied after the run, and the next run does that: ${error.message}`
}

function statusOf(results: readonly NodeResult[], signal: AbortSignal): RunResult['status'] {
  if (signal.aborted) return 'cancelled'
  return results.some(({ status }) => status === 'error') ? 'error' : 'success'
}
