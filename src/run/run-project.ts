import { dropScratch, prepare, prepareForFailures } from './prepare.ts'
import type { NodeResult, RunResult } from './result.ts'
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
  const pool = new SessionPool(warehouse, signal)
  try {
    const isTest = input.command === 'test'
    await pool.use(session => (isTest ? prepareForFailures(session, input) : prepare(session, input, models)))
    const results: NodeResult[] = []
    const tasks = new Tasks(input, models, pool, result => {
      results.push(result)
      emit({ type: 'node_finished', result, done: results.length, of: tasks.all.length })
    })
    const { runId, startedAt, command, target, threads } = input
    emit({ type: 'run_started', runId, startedAt, command, target, nodeCount: tasks.all.length, threads })
    await schedule(tasks.all, { threads, failFast: input.failFast, signal })
    if (!isTest) await pool.use(session => session.execute(dropScratch(input.naming)))
    const result: RunResult = {
      runId,
      command,
      startedAt,
      finishedAt: new Date().toISOString(),
      status: statusOf(results, signal),
      results,
    }
    emit({ type: 'run_finished', result })
    return result
  } finally {
    pool.close()
  }
}

function statusOf(results: readonly NodeResult[], signal: AbortSignal): RunResult['status'] {
  if (signal.aborted) return 'cancelled'
  return results.some(({ status }) => status === 'error') ? 'error' : 'success'
}
