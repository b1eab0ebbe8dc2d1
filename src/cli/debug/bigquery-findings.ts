import type { SchemaName } from '../../compile/compiled.ts'
import type { BigQueryTarget } from '../../config/targets.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { BigQueryWarehouse } from '../../warehouse/bigquery/bigquery-warehouse.ts'
import { type Finding, failed, failedWith, ok } from './finding.ts'

/** Google's client, the sign-in, the right to run jobs, and each dataset: one line each. */
export async function* bigqueryFindings(
  target: BigQueryTarget,
  schemas: readonly SchemaName[],
): AsyncGenerator<Finding> {
  let warehouse: BigQueryWarehouse
  try {
    warehouse = await BigQueryWarehouse.open(target)
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    return yield failed('client', error)
  }
  yield ok('client', '@google-cloud/bigquery is installed')
  for await (const { what, isGood, detail, hint } of warehouse.checks(schemas)) {
    yield isGood ? ok(what, detail) : failedWith(what, [{ kind: 'warehouse', message: detail, hint }])
  }
}
