import { ApiError, invalid, statusOfReason } from './api-error.ts'
import { apiRow } from './cells.ts'
import { runCopyJob } from './copy-job.ts'
import { type Fault, faultOf } from './faults.ts'
import { apiField } from './fields.ts'
import { type Done, Job, type JobConfiguration, type JobRequest, type QueryConfiguration } from './jobs.ts'
import { runLoadJob } from './load-job.ts'
import { runQueryJob } from './query-job.ts'
import { type ApiAnswer, type ApiRequest, type Project, pageOf } from './request.ts'

interface Running extends Project {
  readonly failingStatement: Extract<Fault, { kind: 'failing-statement' }> | undefined
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/insert */
export async function insertJob(project: Project, { body, faults }: ApiRequest, data?: Buffer): Promise<ApiAnswer> {
  const { jobReference = {}, configuration } = body as JobRequest
  if (configuration.dryRun === true) return { body: await dryRun(project, configuration) }
  const location = jobReference.location ?? locationOf(project, configuration)
  const jobId = project.jobs.newId(jobReference.jobId, location)
  const failing = faultOf(faults, 'failing-job')
  const work = async (): Promise<Done> => {
    if (failing !== undefined)
      throw new ApiError(statusOfReason[failing.reason] ?? 400, failing.reason, failing.message, undefined, true)
    const failingStatement = faultOf(faults, 'failing-statement')
    return run({ ...project, failingStatement }, configuration, data)
  }
  const waits = faultOf(faults, 'slow-job')?.asked ?? 0
  const job = new Job(jobId, location, configuration, project.caller, project.store.clock, work, waits)
  project.jobs.add(job)
  await job.advance()
  // What is wrong with the statement itself is told at once; the job is there all the same.
  if (job.error !== undefined && !job.error.isOfRun && configuration.query !== undefined) throw job.error
  return { body: jobResource(project, job) }
}

async function run(project: Running, configuration: JobConfiguration, data: Buffer | undefined): Promise<Done> {
  if (configuration.query !== undefined) return runQueryJob(configuration, project, project.failingStatement)
  const before = project.store.snapshot()
  try {
    if (configuration.load !== undefined) return await runLoadJob(configuration.load, data, project.store)
    if (configuration.copy !== undefined) return runCopyJob(configuration.copy, project.store, project.caller)
  } catch (error) {
    project.store.restore(before)
    throw error
  }
  throw invalid(
    'Job configuration must contain exactly one job-specific configuration object (e.g., query, load, extract, spark), but there were 0: ',
  )
}

async function dryRun(project: Project, configuration: JobConfiguration): Promise<object> {
  const { statistics } = await runQueryJob(configuration, project)
  const now = String(project.store.clock.now())
  return {
    kind: 'bigquery#job',
    jobReference: { projectId: project.store.project, location: locationOf(project, configuration) },
    configuration,
    status: { state: 'DONE' },
    statistics: { creationTime: now, totalBytesProcessed: statistics.totalBytesProcessed, query: statistics },
  }
}

/** A job runs where the data is: https://cloud.google.com/bigquery/docs/locations#specify_locations */
function locationOf({ store }: Project, { query, load, copy }: JobConfiguration): string {
  const dataset = (load ?? copy ?? query)?.destinationTable?.datasetId ?? query?.defaultDataset?.datasetId
  const found =
    dataset === undefined ? store.allDatasets().find(({ id }) => !id.startsWith('_')) : store.findDataset(dataset)
  return found?.location ?? 'US'
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/Job */
export function jobResource({ store }: Project, job: Job): object {
  const { jobId, location, configuration, error, statistics } = job
  const kind = configuration.query ? 'query' : configuration.load ? 'load' : 'copy'
  const errorResult = error && {
    reason: error.reason,
    message: error.message,
    ...(error.location ? { location: error.location } : {}),
  }
  const end = job.endedAt === undefined ? {} : { endTime: String(job.endedAt) }
  return {
    kind: 'bigquery#job',
    id: `${store.project}:${location}.${jobId}`,
    jobReference: { projectId: store.project, jobId, location },
    user_email: job.caller.replace(/^\w+:/, ''),
    configuration: { ...configuration, jobType: kind.toUpperCase() },
    status: { state: job.state, ...(errorResult ? { errorResult, errors: [errorResult] } : {}) },
    statistics: {
      creationTime: String(job.createdAt),
      startTime: String(job.createdAt),
      ...end,
      totalBytesProcessed: statistics.totalBytesProcessed,
      totalSlotMs: statistics.totalSlotMs,
      [kind]: statistics,
    },
  }
}

export async function getJob(project: Project, { parts, query }: ApiRequest): Promise<ApiAnswer> {
  const job = project.jobs.get(parts[0]!, query.get('location') ?? undefined)
  await job.advance()
  return { body: jobResource(project, job) }
}

export async function cancelJob(project: Project, { parts, query }: ApiRequest): Promise<ApiAnswer> {
  const job = project.jobs.get(parts[0]!, query.get('location') ?? undefined)
  job.cancel()
  return { body: { kind: 'bigquery#jobCancelResponse', job: jobResource(project, job) } }
}

/** The newest first: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/list */
export function listJobs(project: Project, { query }: ApiRequest): ApiAnswer {
  const states = query.getAll('stateFilter').map(state => state.toUpperCase())
  const wanted = project.jobs.all().filter(job => states.length === 0 || states.includes(job.state))
  const { items, nextPageToken } = pageOf(wanted.reverse(), query, 50)
  return { body: { kind: 'bigquery#jobList', jobs: items.map(job => jobResource(project, job)), nextPageToken } }
}

interface QueryRequest extends QueryConfiguration {
  readonly dryRun?: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly location?: string
  readonly requestId?: string
  readonly maxResults?: number
  readonly formatOptions?: { readonly useInt64Timestamp?: boolean }
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query */
export async function query(project: Project, request: ApiRequest): Promise<ApiAnswer> {
  const {
    dryRun: isDry,
    labels,
    location,
    requestId,
    maxResults,
    formatOptions,
    ...given
  } = request.body as QueryRequest
  const configuration: JobConfiguration = {
    query: given,
    ...(labels ? { labels } : {}),
    ...(isDry ? { dryRun: true } : {}),
  }
  if (isDry === true)
    return { body: { ...(await dryRun(project, configuration)), kind: 'bigquery#queryResponse', jobComplete: true } }
  const known = requestId === undefined ? undefined : project.requests.get(requestId)
  const jobId = known ?? project.jobs.newId(undefined, location ?? 'US')
  if (requestId !== undefined) project.requests.set(requestId, jobId)
  if (known === undefined) {
    const jobReference = { jobId, ...(location === undefined ? {} : { location }) }
    await insertJob(project, { ...request, body: { jobReference, configuration } })
  }
  const job = project.jobs.get(jobId, undefined)
  const search = new URLSearchParams(maxResults === undefined ? {} : { maxResults: String(maxResults) })
  const asMicroseconds = formatOptions?.useInt64Timestamp === true
  return { body: { ...results(project, job, search, asMicroseconds), kind: 'bigquery#queryResponse' } }
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/getQueryResults */
export async function getQueryResults(project: Project, { parts, query: search }: ApiRequest): Promise<ApiAnswer> {
  const job = project.jobs.get(parts[0]!, search.get('location') ?? undefined)
  await job.advance()
  return { body: results(project, job, search, search.get('formatOptions.useInt64Timestamp') === 'true') }
}

function results(project: Project, job: Job, search: URLSearchParams, asMicroseconds: boolean): object {
  const { jobId, location, outcome, statistics, error } = job
  const jobReference = { projectId: project.store.project, jobId, location }
  if (job.state === 'RUNNING') return { kind: 'bigquery#getQueryResultsResponse', jobReference, jobComplete: false }
  if (error !== undefined) throw error
  const { columns = [], rows = [] } = outcome ?? {}
  const { items, nextPageToken } = pageOf(rows, search, project.pageRows)
  return {
    kind: 'bigquery#getQueryResultsResponse',
    jobReference,
    jobComplete: true,
    schema: { fields: columns.map(apiField) },
    rows: items.map(row => apiRow(columns, row, asMicroseconds)),
    totalRows: String(rows.length),
    pageToken: nextPageToken,
    totalBytesProcessed: statistics.totalBytesProcessed,
    cacheHit: false,
    numDmlAffectedRows: statistics.numDmlAffectedRows,
    dmlStats: statistics.dmlStats,
  }
}
