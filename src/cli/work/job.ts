import type { JsonObject } from '../../artifacts/json.ts'
import type { Problem } from '../../problems/problem.ts'
import type { PreparedUnitTest } from '../../quality/unit-tests.ts'
import type { SelectionOptions } from '../selection.ts'
import type { Workspace } from '../workspace.ts'

export const workCommands = ['build', 'run', 'test'] as const
export type WorkCommand = (typeof workCommands)[number]

/** How a run goes about its nodes. */
export interface WorkSettings {
  readonly threads: number
  readonly failFast: boolean
  /** The schema for failing rows, before the target's prefix; undefined: they are not kept. */
  readonly storeFailures: string | undefined
}

/** One run, decided in all it needs. */
export interface Job extends WorkSettings {
  readonly command: WorkCommand
  readonly workspace: Workspace
  readonly selected: ReadonlySet<string>
  readonly dataTests: ReadonlySet<string>
  readonly unitTests: readonly PreparedUnitTest[]
  /** Of unit tests that cannot be run: nothing is begun then. */
  readonly unitTestProblems: readonly Problem[]
  /** What unit tests run on, where they run alone: the target is not opened then, and what its last build left stays for `retry`. */
  readonly onlyUnitTestsOn?: string
  /** What was asked for, for `retry` to do the same. */
  readonly args: JsonObject
}

/** What was typed, as it is kept beside the results of the run. */
export function argsOf(settings: WorkSettings, selection: SelectionOptions, target: string): JsonObject {
  const { threads, failFast, storeFailures } = settings
  const { select = [], exclude = [], state } = selection
  return {
    target,
    select,
    exclude,
    state: state ?? null,
    threads,
    fail_fast: failFast,
    store_failures: storeFailures ?? null,
  }
}

/** The settings of an earlier run, out of what it kept. */
export function settingsOf(args: Readonly<Record<string, unknown>>): WorkSettings {
  const { threads, fail_fast: failFast, store_failures: storeFailures } = args
  return {
    threads: typeof threads === 'number' && threads >= 1 ? threads : 4,
    failFast: failFast === true,
    storeFailures: typeof storeFailures === 'string' ? storeFailures : undefined,
  }
}
