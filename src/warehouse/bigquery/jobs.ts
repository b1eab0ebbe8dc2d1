import { type RetryOptions, withRetries } from '../retries.ts'
import type { Estimate, StatementCost } from '../warehouse.ts'
import type { Api } from './api.ts'
import { isAlreadyThere, jobMayPass, mayPass } from './api-error.ts'
import { jobError, requestError } from './errors.ts'
import type { ErrorResource, JobResource, RowsResource } from './resources.ts'
import { type Running, wasStopped } from './running.ts'
import type { BigQuerySettings } from './settings.ts'

/** A job before it is sent: the same id for the same statement of the same run, so that asking twice begins one job. */
export interface PlannedJob {
  readonly id: string
  readonly configuration: Readonly<Record<string, unknown>>
  /** For messages. */
  readonly sql: string | undefined
  /** The file that a load job loads. */
  readonly file?: string | undefined
  /** The most rows that the first answer brings. */
  readonly maxResults: number
}

export interface EndedJob {
  readonly id: string
  readonly job: JobResource
  /** The first rows of a query. */
  readonly rows: RowsResource | undefined
}

/** How long BigQuery holds a question after a job's end before it answers that there is none yet. */
const longPollMilliseconds = 20_000
const loadPollMilliseconds = 1_000

/** Jobs of one project and location, each seen through to its end. */
export class Jobs {
  constructor(
    private readonly api: Api,
    private readonly settings: BigQuerySettings,
    private readonly retries: RetryOptions,
  ) {}

  /**
   * Runs a job and waits for its end. One that fails for a reason that passes is run again under a new id; any other throws `WarehouseError`. Once it is
   * stopped, nothing more is begun, also where that is during the pause between two tries.
   */
  async run(planned: PlannedJob, running: Running): Promise<EndedJob> {
    try {
      return await withRetries(
        attempt => this.runOnce(planned, attempt === 0 ? planned.id : `${planned.id}_again${attempt}`, running),
        error => error instanceof FailedJob && jobMayPass(error.result),
        this.retries,
        running.signal,
      )
    } catch (error) {
      if (running.isStopped) throw wasStopped(running.jobId ?? planned.id, error)
      if (error instanceof FailedJob) throw jobError(error.result, planned.sql, error.jobId)
      throw requestError(error, planned.sql)
    } finally {
      running.jobId = undefined
    }
  }

  /** What a statement would give and read, without running it. */
  async dryRun(sql: string): Promise<JobResource> {
    const { project, location } = this.settings
    // What a cached answer would cost is nothing, and no build is answered from there.
    const configuration = { dryRun: true, query: { query: sql, useLegacySql: false, useQueryCache: false } }
    try {
      return await this.api.call<JobResource>({
        method: 'POST',
        path: '/jobs',
        body: { jobReference: { projectId: project, location }, configuration },
      })
    } catch (error) {
      throw requestError(error, sql)
    }
  }

  /** All rows of a query that has ended, page by page; the first came with its end. Each further page is asked for unless it is stopped. */
  async *pages({ id, rows }: EndedJob, sql: string, running: Running): AsyncGenerator<RowsResource> {
    running.jobId = id
    try {
      for (let page = rows; page !== undefined; ) {
        yield page
        const { pageToken } = page
        page = pageToken === undefined ? undefined : await this.nextPage(id, pageToken, running)
      }
    } catch (error) {
      throw requestError(error, sql)
    } finally {
      running.jobId = undefined
    }
  }

  private async nextPage(jobId: string, pageToken: string, running: Running): Promise<RowsResource> {
    if (running.isStopped) throw wasStopped(jobId)
    const query = { ...this.rowsQuery(pageSize), pageToken }
    try {
      return await this.api.call<RowsResource>({ path: `/queries/${jobId}`, query }, running.signal)
    } catch (error) {
      throw running.isStopped ? wasStopped(jobId, error) : error
    }
  }

  async cancel(jobId: string): Promise<void> {
    const { location } = this.settings
    await this.api.call({ method: 'POST', path: `/jobs/${jobId}/cancel`, query: { location } }).catch(() => undefined)
  }

  private async runOnce(planned: PlannedJob, id: string, running: Running): Promise<EndedJob> {
    running.jobId = id
    await this.begin(planned, id, running)
    if (running.isStopped) await this.cancel(id)
    const rows = planned.file === undefined ? await this.waitForRows(planned, id) : undefined
    const job = await this.waitForEnd(id)
    const failure = job.status?.errorResult
    if (failure !== undefined) throw new FailedJob(failure, id)
    return { id, job, rows }
  }

  /** Where the answer to an earlier asking was lost, the job is there already: it is the same one. */
  private async begin({ configuration, file }: PlannedJob, jobId: string, { signal }: Running): Promise<void> {
    const { project, location } = this.settings
    const body = { jobReference: { projectId: project, jobId, location }, configuration }
    try {
      await (file === undefined
        ? this.api.call({ method: 'POST', path: '/jobs', body }, signal)
        : this.api.upload(project, body, file, signal))
    } catch (error) {
      if (!isAlreadyThere(error)) throw error
      await this.look(jobId)
    }
  }

  private look(jobId: string): Promise<JobResource> {
    return this.api.call<JobResource>({ path: `/jobs/${jobId}`, query: { location: this.settings.location } })
  }

  /** Undefined where the job failed: the answer is the job's own error then, which its resource tells better. */
  private waitForRows({ maxResults }: PlannedJob, jobId: string): Promise<RowsResource | undefined> {
    const query = { ...this.rowsQuery(maxResults), timeoutMs: longPollMilliseconds }
    const ask = async (): Promise<RowsResource | undefined> => {
      try {
        for (;;) {
          const rows = await this.api.callOnce<RowsResource>({ path: `/queries/${jobId}`, query })
          if (rows.jobComplete !== false) return rows
        }
      } catch (error) {
        const job = await this.look(jobId)
        if (job.status?.errorResult !== undefined) return undefined
        throw error
      }
    }
    return withRetries(ask, mayPass, this.retries)
  }

  private async waitForEnd(jobId: string): Promise<JobResource> {
    for (;;) {
      const job = await this.look(jobId)
      if (job.status?.state === 'DONE') return job
      await this.retries.wait(loadPollMilliseconds)
    }
  }

  private rowsQuery(maxResults: number) {
    return { location: this.settings.location, maxResults, 'formatOptions.useInt64Timestamp': true }
  }
}

export const pageSize = 10_000

class FailedJob extends Error {
  constructor(
    readonly result: ErrorResource,
    readonly jobId: string,
  ) {
    super(result.message)
  }
}

/** What a job took. */
export function costOf({ id, job }: EndedJob, usdPerTib: number): StatementCost {
  const { query, load, totalBytesProcessed, totalSlotMs } = job.statistics ?? {}
  const bytesBilled = Number(query?.totalBytesBilled ?? 0)
  const affected = query?.numDmlAffectedRows ?? load?.outputRows
  return {
    jobId: id,
    bytesProcessed: Number(query?.totalBytesProcessed ?? totalBytesProcessed ?? 0),
    bytesBilled,
    slotMilliseconds: Number(query?.totalSlotMs ?? totalSlotMs ?? 0),
    rowsAffected: affected === undefined ? undefined : Number(affected),
    isCacheHit: query?.cacheHit ?? false,
    estimatedUsd: priceOf(bytesBilled, usdPerTib),
  }
}

/** What a job would take, by its dry run. */
export function estimateOf({ statistics }: JobResource, usdPerTib: number): Estimate {
  const bytesProcessed = Number(statistics?.query?.totalBytesProcessed ?? statistics?.totalBytesProcessed ?? 0)
  return { bytesProcessed, estimatedUsd: priceOf(bytesProcessed, usdPerTib) }
}

function priceOf(bytes: number, usdPerTib: number): number {
  return (bytes / 2 ** 40) * usdPerTib
}
