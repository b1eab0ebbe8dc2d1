import type { TotalCost } from '../run/total-cost.ts'

export const checkNames = ['core', 'macros', 'models', 'materializations', 'readers', 'grants', 'kills'] as const
export type CheckName = (typeof checkNames)[number]

/** Something that is not as it should be. */
export interface Difference {
  /** What of: a macro, a model, a step. */
  readonly about: string
  /** Where exactly: `example 3 as columns: "a", null`. */
  readonly where: string
  readonly expected: string
  readonly got: string
  readonly sql?: string | undefined
  /** Macros that differ by themselves and are used here, or what it reads that differs: this follows from them. */
  readonly because?: readonly string[]
}

export interface Skipped {
  readonly about: string
  readonly because: string
}

export interface CheckOutcome {
  /** How many single comparisons came out as they should. */
  readonly agreed: number
  readonly differences: readonly Difference[]
  readonly skipped: readonly Skipped[]
}

export interface CheckReport extends CheckOutcome {
  readonly check: CheckName
  /** `stopped`: what it had found by then is there. */
  readonly status: 'agrees' | 'differs' | 'skipped' | 'stopped'
  readonly stoppedBecause?: string
  readonly seconds: number
}

/** What the kit writes down: nothing in it names an account, a user or a secret. */
export interface KitReport {
  readonly report: 'throughline conformance'
  readonly version: 1
  readonly engine: string
  /** The engine's own version, where it says one. */
  readonly engineVersion: string | undefined
  readonly throughline: string
  readonly node: string
  readonly startedAt: string
  readonly finishedAt: string
  /** `stopped`: by Ctrl-C, or at the budget. */
  readonly status: 'agrees' | 'differs' | 'stopped'
  readonly stoppedBecause: string | undefined
  readonly estimate: KitEstimate
  readonly budget: KitBudget
  /** What was counted; undefined where the engine counts nothing. */
  readonly cost: (TotalCost & { readonly statements: number }) | undefined
  readonly checks: readonly CheckReport[]
  /** Where everything lay, and what of it could not be dropped. */
  readonly place: string
  readonly leftBehind: readonly string[]
}

export interface KitEstimate {
  readonly statements: number
  /** What BigQuery bills at the least; undefined on engines that do not bill bytes. */
  readonly bytesBilled: number | undefined
}

export interface KitBudget {
  readonly bytes: number | undefined
  readonly minutes: number
}

/** The macros that differ, the root of most other differences. */
export function differingMacros(checks: readonly CheckReport[]): readonly string[] {
  const macros = checks.find(({ check }) => check === 'macros')
  return [...new Set((macros?.differences ?? []).map(({ about }) => about))]
}
