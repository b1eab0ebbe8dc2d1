import { checkProject } from '../check/check-project.ts'
import type { Problem } from '../problems/problem.ts'
import { DuckDBWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts'
import { onDuckDB, type Workspace } from './workspace.ts'

export interface CheckOutcome {
  readonly modelCount: number
  readonly problems: readonly Problem[]
  readonly seconds: number
}

/** Checks every model for every engine; needs no warehouse but an empty one in memory. */
export async function checkModels(workspace: Workspace): Promise<CheckOutcome> {
  const started = performance.now()
  const { input, compiled } = onDuckDB(workspace)
  const empty = await DuckDBWarehouse.open({ path: ':memory:' })
  try {
    const problems = await checkProject(input, compiled, empty)
    return { modelCount: compiled.models.size, problems, seconds: (performance.now() - started) / 1000 }
  } finally {
    await empty.close()
  }
}
