import type { CompiledProject, Naming, SchemaName } from '../compile/compiled.ts'
import type { PreparedUnitTest } from '../quality/unit-tests.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Emit } from './events.ts'

/** What a run is given. */
export interface RunInput {
  /** Never used twice. */
  readonly runId: string
  /** `build` lands raw tables, builds, tests and publishes; `run` does not test; `test` tests what is published and builds nothing. */
  readonly command: 'build' | 'run' | 'test'
  /** The run's clock, `2026-06-01 12:00:00`, UTC. */
  readonly startedAt: string
  /** Which computer and process it is, for others to know who has the lease of the target. */
  readonly owner: string
  /** Has `act` called again and again. Gives back what ends it. */
  readonly every: (milliseconds: number, act: () => void) => () => void
  /** The target's name. */
  readonly target: string
  readonly compiled: CompiledProject
  readonly naming: Naming
  readonly warehouse: Warehouse
  /** Names of models (`sessions`) and raw tables (`clickstream.events`). */
  readonly selected: ReadonlySet<string>
  /** Names of the data tests over several tables. */
  readonly dataTests: ReadonlySet<string>
  /** They run first: a model whose unit test fails is not built. */
  readonly unitTests: readonly PreparedUnitTest[]
  readonly threads: number
  /** Nothing new is begun after the first failure. */
  readonly failFast: boolean
  /** The schema in which failing rows are kept; undefined: nowhere. */
  readonly storeFailures: SchemaName | undefined
  /** Seconds that models took in an earlier run: what has the longest way ahead is begun first. */
  readonly seconds?: ReadonlyMap<string, number> | undefined
  readonly signal: AbortSignal
  readonly emit: Emit
}
