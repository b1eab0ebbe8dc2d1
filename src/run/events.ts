import type { Problem } from '../problems/problem.ts'
import type { NodeResult, RunResult } from './result.ts'

/** What happens in a run, as it happens. `--output json` prints each as one line with `version` 1; fields are only ever added. */
export type RunEvent =
  | {
      readonly type: 'run_started'
      readonly runId: string
      readonly startedAt: string
      readonly command: string
      readonly target: string
      readonly nodeCount: number
      readonly threads: number
    }
  | { readonly type: 'node_started'; readonly kind: NodeResult['kind']; readonly name: string }
  | { readonly type: 'node_finished'; readonly result: NodeResult; readonly done: number; readonly of: number }
  | { readonly type: 'note'; readonly name: string; readonly message: string }
  | { readonly type: 'problem'; readonly problem: Problem }
  | { readonly type: 'run_finished'; readonly result: RunResult }

export type Emit = (event: RunEvent) => void
