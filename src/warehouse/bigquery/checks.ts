import type { SchemaName } from '../../compile/compiled.ts'
import { schemaPath } from '../../compile/naming.ts'
import { WarehouseError } from '../warehouse.ts'
import type { Api } from './api.ts'
import { ApiError, apiError, isNotFound } from './api-error.ts'
import type { Jobs } from './jobs.ts'
import { describeSignIn } from './open-client.ts'
import type { BigQuerySettings } from './settings.ts'

/** One thing that a build stands on, looked at. */
export interface Check {
  readonly what: string
  readonly isGood: boolean
  readonly detail: string
  readonly hint?: string | undefined
}

interface Dataset {
  readonly location?: string
}

/** Whether the account can run jobs, and make tables in each dataset. Makes nothing: jobs are dry runs, which cost nothing. */
export async function* checks(
  api: Api,
  jobs: Jobs,
  settings: BigQuerySettings,
  schemas: readonly SchemaName[],
): AsyncGenerator<Check> {
  const signIn = describeSignIn(settings)
  const refused = await refusal(() => jobs.dryRun('select 1'))
  if (refused !== undefined && isOfSignIn(refused)) {
    const hint =
      'gcloud auth application-default login signs you in; key_file, credentials and impersonate in the target do it otherwise'
    yield { what: 'sign-in', isGood: false, detail: `${signIn}: ${refused.message}`, hint }
    return
  }
  yield { what: 'sign-in', isGood: true, detail: signIn }
  if (refused !== undefined) {
    const hint = `the account needs bigquery.jobs.create in ${settings.project}: the role BigQuery Job User (roles/bigquery.jobUser)`
    yield { what: 'jobs', isGood: false, detail: refused.message, hint }
    return
  }
  yield { what: 'jobs', isGood: true, detail: `can be run in ${settings.project}, ${settings.location}` }
  for (const schema of schemas) yield await datasetCheck(api, jobs, settings, schema)
}

async function datasetCheck(api: Api, jobs: Jobs, settings: BigQuerySettings, schema: SchemaName): Promise<Check> {
  const what = `dataset ${schema.schema}`
  let dataset: Dataset
  try {
    dataset = await api.call<Dataset>({ project: schema.database, path: `/datasets/${schema.schema}` })
  } catch (error) {
    const needed = 'bigquery.datasets.create: the role BigQuery User (roles/bigquery.user)'
    if (isNotFound(error))
      return { what, isGood: true, detail: `is not there yet; the first build makes it, which needs ${needed}` }
    const hint = 'the account needs BigQuery Data Editor (roles/bigquery.dataEditor) on the dataset'
    return { what, isGood: false, detail: apiError(error).message, hint }
  }
  const { location } = dataset
  if (location !== undefined && location.toUpperCase() !== settings.location.toUpperCase()) {
    const detail = `stands in ${location}, and the target builds in ${settings.location}`
    return {
      what,
      isGood: false,
      detail,
      hint: 'a dataset cannot be moved: mend location in the target, or name other datasets',
    }
  }
  const refused = await refusal(() =>
    jobs.dryRun(`create or replace table ${schemaPath(schema)}.tl_check as select 1 as one`),
  )
  if (refused === undefined)
    return { what, isGood: true, detail: `is there, in ${location}, and tables can be made in it` }
  const hint =
    'the account needs bigquery.tables.create on it: the role BigQuery Data Editor (roles/bigquery.dataEditor)'
  return { what, isGood: false, detail: refused.message, hint }
}

async function refusal(work: () => Promise<unknown>): Promise<WarehouseError | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof WarehouseError) return error
    throw error
  }
}

/** No answer, or one that says who are you. */
function isOfSignIn({ cause }: WarehouseError): boolean {
  return cause instanceof ApiError && (cause.status === undefined || cause.status === 401)
}
