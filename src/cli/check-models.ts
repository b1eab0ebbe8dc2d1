import { checkProject, checkProjectForBigQuery } from '../check/check-project.ts'
import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import type { GoogleSqlPackage } from '../googlesql/find-package.ts'
import type { Problem } from '../problems/problem.ts'
import { DuckDBWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { withGoogleSql } from './google-sql.ts'
import { everyModelOnDuckDB, type Workspace } from './workspace.ts'

export interface CheckOutcome {
  readonly modelCount: number
  /** Models of those that are written for one engine alone. */
  readonly oneEngineCount: number
  readonly problems: readonly Problem[]
  readonly seconds: number
}

/** Checks every model for every engine; needs no warehouse but an empty one in memory. */
export async function checkModels(workspace: Workspace): Promise<CheckOutcome> {
  const started = performance.now()
  const { input, compiled, problems: ofCompiling } = everyModelOnDuckDB(workspace)
  const problems = await inEmpty(empty => checkProject(input, compiled, empty))
  return {
    ...countsOf(compiled),
    problems: [...ofCompiling, ...problems],
    seconds: (performance.now() - started) / 1000,
  }
}

/** What Google's analyzer was asked, and what it is too old to know. */
export interface Analyzed {
  readonly version: string
  readonly statementCount: number
  readonly notVerified: readonly Problem[]
}

/** The same, with the target's SQL for BigQuery bound by Google's analyzer. */
export async function checkModelsForBigQuery(
  workspace: Workspace,
  found: GoogleSqlPackage,
): Promise<CheckOutcome & { readonly analyzed: Analyzed }> {
  const started = performance.now()
  const { AnalyzerBinder } = await import('../check/analyzer-binder.ts')
  return withGoogleSql(found, async google => {
    const binder = new AnalyzerBinder(google)
    const { input, compiled, problems: ofCompiling } = everyModelOnDuckDB(workspace)
    const { problems, notVerified } = await inEmpty(empty =>
      checkProjectForBigQuery(input, compiled, empty, { compiled: workspace.compiled, binder }),
    )
    return {
      ...countsOf(compiled),
      problems: [...ofCompiling, ...problems],
      seconds: (performance.now() - started) / 1000,
      analyzed: { version: found.version, statementCount: binder.statementCount, notVerified },
    }
  })
}

function countsOf({ models }: CompiledProject): Pick<CheckOutcome, 'modelCount' | 'oneEngineCount'> {
  const isForOne = ({ model }: CompiledModel) => model.value.engine !== undefined
  return { modelCount: models.size, oneEngineCount: [...models.values()].filter(isForOne).length }
}

async function inEmpty<T>(work: (empty: Warehouse) => Promise<T>): Promise<T> {
  const empty = await DuckDBWarehouse.open({ path: ':memory:' })
  try {
    return await work(empty)
  } finally {
    await empty.close()
  }
}
