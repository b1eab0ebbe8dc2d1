import type { CompiledProject } from '../../compile/compiled.ts'
import type { UnitTestEngine } from '../../quality/unit-test/engine.ts'
import { onDuckDB } from '../../quality/unit-test/on-duckdb.ts'
import { type PreparedUnitTests, prepareUnitTests } from '../../quality/unit-tests.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import type { Workspace } from '../workspace.ts'

/** The data tests over several tables that read any of these nodes. */
export function dataTestsReading(compiled: CompiledProject, names: ReadonlySet<string>): ReadonlySet<string> {
  const reading = compiled.dataTests.filter(({ reads }) => reads.some(name => names.has(name)))
  return new Set(reading.map(({ name }) => name))
}

/** Every unit test of the project, ready to run in memory, and the problems of those that cannot be run. */
export function unitTestsOf(workspace: Workspace): PreparedUnitTests {
  return unitTestsOn(
    onDuckDB(() => DuckDBWarehouse.open({ path: ':memory:' })),
    workspace,
  )
}

/** The same on another engine. */
export function unitTestsOn(engine: UnitTestEngine, { project, input }: Workspace): PreparedUnitTests {
  return prepareUnitTests({ project, startedAt: input.startedAt, engine })
}

/** For work that runs none. */
export const noUnitTests: PreparedUnitTests = { tests: [], problems: [] }
