import { ProblemsError } from '../problems/problem.ts'
import type { RunResult } from '../run/result.ts'
import { readArtifact } from './artifact-file.ts'
import { isObject } from './json.ts'

/** A node of an earlier run, of the kinds and by the names that `NodeResult` has. */
export interface EarlierNode {
  readonly kind: 'source' | 'model' | 'data-test' | 'unit-test'
  readonly name: string
}

/** What an earlier run left undone. */
export interface EarlierRun {
  readonly runId: string
  /** The run's instant, `2026-06-01 12:00:00`, UTC: a retry goes on with that clock. */
  readonly startedAt: string
  readonly command: string
  readonly status: RunResult['status']
  /** What the command was given. */
  readonly args: Readonly<Record<string, unknown>>
  readonly failed: readonly EarlierNode[]
  readonly skipped: readonly EarlierNode[]
  /** Seconds that each model took that was built, for the order of the next run. */
  readonly seconds: ReadonlyMap<string, number>
}

const hint = 'throughline build writes it; retry continues a run that has failed'

/** The run that the `run_results.json` in `folder` tells of. Throws `ProblemsError` where there is none. */
export function readRunResults(folder: string): EarlierRun {
  const file = readArtifact(folder, 'run_results.json', hint)
  const args = isObject(file.args) ? file.args : {}
  const { run_id: runId, started_at: startedAt, which, status } = args
  if (typeof runId !== 'string' || typeof startedAt !== 'string' || typeof which !== 'string') {
    const message = `the run_results.json in ${folder} was written by another tool: it does not name its run`
    throw new ProblemsError([{ kind: 'project', message, hint }])
  }
  const results = Array.isArray(file.results) ? file.results.filter(isObject).map(readResult) : []
  const own = results.filter(result => result !== undefined)
  return {
    runId,
    startedAt,
    command: which,
    status: status === 'success' || status === 'cancelled' ? status : 'error',
    args,
    failed: nodesOf(own, ['error', 'fail']),
    skipped: nodesOf(own, ['skipped']),
    seconds: new Map(
      own
        .filter(({ status, kind }) => status === 'success' && kind === 'model')
        .map(({ name, seconds }) => [name, seconds]),
    ),
  }
}

interface ReadResult extends EarlierNode {
  readonly status: string
  readonly seconds: number
}

/** Undefined for the test of a model: what becomes of the model is told by the model's own result. */
function readResult({
  unique_id: id,
  status,
  execution_time: seconds,
}: Readonly<Record<string, unknown>>): ReadResult | undefined {
  const [type, , ...name] = String(id).split('.')
  const result = { name: name.join('.'), status: String(status), seconds: Number(seconds) }
  if (type === 'model' || type === 'seed') return { kind: 'model', ...result }
  if (type === 'source') return { kind: 'source', ...result }
  // unit_test.<project>.<model>.<name>
  if (type === 'unit_test') return { kind: 'unit-test', ...result, name: name.slice(1).join('.') }
  return type === 'test' && name.length === 1 ? { kind: 'data-test', ...result } : undefined
}

function nodesOf(results: readonly ReadResult[], statuses: readonly string[]): readonly EarlierNode[] {
  return results.filter(({ status }) => statuses.includes(status)).map(({ kind, name }) => ({ kind, name }))
}
