import type { Problem } from '../problems/problem.ts'
import type { TestResult } from '../quality/test-result.ts'
import type { StatementCost } from '../warehouse/warehouse.ts'

export type { TestResult }

/** What became of a raw table, a model, or a data test of its own. */
export interface NodeResult {
  readonly kind: 'source' | 'model' | 'data-test' | 'unit-test'
  readonly name: string
  readonly status: 'success' | 'warn' | 'error' | 'skipped'
  readonly problems: readonly Problem[]
  /** The node whose failure kept this one from being built. */
  readonly skippedBecause: string | undefined
  /** ISO instants of the wall clock; undefined where it was skipped. */
  readonly startedAt: string | undefined
  readonly finishedAt: string | undefined
  readonly seconds: number
  readonly rowCount: number | undefined
  readonly tests: readonly TestResult[]
  /** What its statements took; empty where the warehouse counts nothing. */
  readonly costs: readonly StatementCost[]
}

export interface RunResult {
  readonly runId: string
  readonly command: string
  /** The run's instant, what models see: `2026-06-01 12:00:00`, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
  readonly status: 'success' | 'error' | 'cancelled'
  readonly results: readonly NodeResult[]
}
