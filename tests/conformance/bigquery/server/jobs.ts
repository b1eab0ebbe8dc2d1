import { ApiError, duplicate, notFound } from './api-error.ts'
import type { Clock } from './clock.ts'
import type { Outcome } from './engine/session.ts'
import type { ApiField } from './fields.ts'
import type { ApiParameter } from './parameters.ts'
import type { ApiRangePartitioning, ApiTimePartitioning } from './partitioning-api.ts'

export interface TableReference {
  readonly projectId?: string
  readonly datasetId: string
  readonly tableId: string
}

interface WriteConfiguration {
  readonly destinationTable?: TableReference
  readonly writeDisposition?: string
  readonly createDisposition?: string
  readonly timePartitioning?: ApiTimePartitioning
  readonly rangePartitioning?: ApiRangePartitioning
  readonly clustering?: { readonly fields?: readonly string[] }
  readonly schemaUpdateOptions?: readonly string[]
}

export interface QueryConfiguration extends WriteConfiguration {
  readonly query: string
  readonly useLegacySql?: boolean
  readonly defaultDataset?: { readonly datasetId: string }
  readonly queryParameters?: readonly ApiParameter[]
  readonly maximumBytesBilled?: string
  readonly createSession?: boolean
  readonly connectionProperties?: readonly object[]
}

export interface LoadConfiguration extends WriteConfiguration {
  readonly destinationTable: TableReference
  readonly schema?: { readonly fields?: readonly ApiField[] }
  readonly sourceFormat?: string
  readonly sourceUris?: readonly string[]
  readonly fieldDelimiter?: string
  readonly quote?: string
  readonly skipLeadingRows?: number | string
  readonly nullMarker?: string
  readonly ignoreUnknownValues?: boolean
  readonly autodetect?: boolean
}

export interface CopyConfiguration extends WriteConfiguration {
  readonly destinationTable: TableReference
  readonly sourceTable?: TableReference
  readonly sourceTables?: readonly TableReference[]
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfiguration */
export interface JobConfiguration {
  readonly query?: QueryConfiguration
  readonly load?: LoadConfiguration
  readonly copy?: CopyConfiguration
  readonly dryRun?: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly jobTimeoutMs?: string
}

export interface JobRequest {
  readonly jobReference?: { readonly projectId?: string; readonly jobId?: string; readonly location?: string }
  readonly configuration: JobConfiguration
}

/** What a job has come to. */
export interface Done {
  readonly outcome: Outcome | undefined
  readonly statistics: Readonly<Record<string, unknown>>
}

/** A job that has been accepted. It does its work at once, or when it has been asked after as often as it is told to wait. */
export class Job {
  state: 'RUNNING' | 'DONE' = 'RUNNING'
  outcome: Outcome | undefined
  error: ApiError | undefined
  statistics: Readonly<Record<string, unknown>> = {}
  endedAt: number | undefined

  constructor(
    readonly jobId: string,
    readonly location: string,
    readonly configuration: JobConfiguration,
    readonly caller: string,
    private readonly clock: Clock,
    private readonly work: () => Promise<Done>,
    private waits: number,
    readonly createdAt = clock.now(),
  ) {}

  /** Called whenever somebody asks; does the work when its time has come. */
  async advance(): Promise<void> {
    if (this.state === 'DONE') return
    if (this.waits > 0) {
      this.waits -= 1
      return
    }
    try {
      const { outcome, statistics } = await this.work()
      this.outcome = outcome
      this.statistics = statistics
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.error = error
    }
    this.end()
  }

  /** A job that has not done its work yet never does: https://cloud.google.com/bigquery/docs/managing-jobs#cancel_jobs */
  cancel(): void {
    if (this.state === 'DONE') return
    this.error = new ApiError(400, 'stopped', 'Job execution was cancelled: User requested cancellation')
    this.end()
  }

  private end(): void {
    this.state = 'DONE'
    this.endedAt = this.clock.now()
  }
}

/** The jobs of the project, in the order in which they came. */
export class Jobs {
  private readonly byId = new Map<string, Job>()
  private count = 0

  constructor(private readonly project: string) {}

  /** Throws as BigQuery does where the id is taken: a job runs once. */
  newId(wanted: string | undefined, location: string): string {
    if (wanted !== undefined && this.byId.has(wanted)) throw duplicate('Job', `${this.project}:${location}.${wanted}`)
    this.count += 1
    return wanted ?? `job_${this.count}`
  }

  add(job: Job): void {
    this.byId.set(job.jobId, job)
  }

  /** Throws where there is none, or it is another location's. */
  get(jobId: string, location: string | undefined): Job {
    const job = this.byId.get(jobId)
    if (job === undefined || (location !== undefined && location.toLowerCase() !== job.location.toLowerCase()))
      throw notFound('Job', `${this.project}:${jobId}`)
    return job
  }

  all(): readonly Job[] {
    return [...this.byId.values()]
  }
}
