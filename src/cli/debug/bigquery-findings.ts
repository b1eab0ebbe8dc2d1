import type { SchemaName } from '../../compile/compiled.ts'
import type { Config } from '../../config/load-config.ts'
import type { BigQueryTarget } from '../../config/targets.ts'
import { packageName } from '../../googlesql/find-package.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { BigQueryWarehouse } from '../../warehouse/bigquery/bigquery-warehouse.ts'
import { loadClient } from '../../warehouse/bigquery/open-client.ts'
import { findGoogleSql, howToInstall, requireGoogleSql } from '../google-sql.ts'
import { type Finding, failed, failedWith, off, ok } from './finding.ts'

/** Google's analyzer, the client, the sign-in, the right to run jobs, and each dataset: one line each. */
export async function* bigqueryFindings(
  target: BigQueryTarget,
  config: Config,
  schemas: readonly SchemaName[],
): AsyncGenerator<Finding> {
  yield analyzerFinding(config)
  try {
    await loadClient()
  } catch (error) {
    return yield failed('client', error)
  }
  yield ok('client', '@google-cloud/bigquery is installed')
  let warehouse: BigQueryWarehouse
  try {
    warehouse = await BigQueryWarehouse.open(target)
  } catch (error) {
    return yield failed('sign-in', error)
  }
  for await (const { what, isGood, detail, hint } of warehouse.checks(schemas)) {
    yield isGood ? ok(what, detail) : failedWith(what, [{ kind: 'warehouse', message: detail, hint }])
  }
}

/** A build does without it: that it is not there is no failure. */
function analyzerFinding(config: Config): Finding {
  if (findGoogleSql(config) === undefined) {
    return off('analyzer', `Google's, which check and test --unit --offline use, is not installed: ${howToInstall}`)
  }
  try {
    return ok('analyzer', `${packageName} ${requireGoogleSql(config).version} is installed`)
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    return off('analyzer', error.problems[0]!.message)
  }
}
