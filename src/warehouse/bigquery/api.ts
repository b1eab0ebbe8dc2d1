import { createReadStream } from 'node:fs'
import type { BigQuery } from '@google-cloud/bigquery'
import { type RetryOptions, withRetries } from '../retries.ts'
import { apiError, mayPass } from './api-error.ts'

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the project: `/datasets/journeys/tables`. */
  readonly path: string
  /** Another project than that of the jobs. */
  readonly project?: string | undefined
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
}

/** BigQuery's REST API through Google's client, which signs the requests. What may pass is tried again; the rest throws `ApiError`. */
export class Api {
  constructor(
    private readonly client: BigQuery,
    private readonly retries: RetryOptions,
  ) {}

  /** Not again once it is stopped. */
  call<T>(request: ApiRequest, stop?: AbortSignal): Promise<T> {
    return withRetries(() => this.callOnce<T>(request), mayPass, this.retries, stop)
  }

  /** For who tells by more than the error whether to try again. */
  callOnce<T>({ method = 'GET', path, project, query, body }: ApiRequest): Promise<T> {
    return this.send<T>({ method, uri: path, qs: query ?? {}, projectId: project, json: body ?? true })
  }

  /** Makes a load job with a file of this computer as its data. */
  upload<T>(project: string, job: unknown, file: string, stop?: AbortSignal): Promise<T> {
    const parts = () => [
      { 'Content-Type': 'application/json', body: JSON.stringify(job) },
      { 'Content-Type': 'application/octet-stream', body: createReadStream(file) },
    ]
    const uri = `${this.client.apiEndpoint}/upload/bigquery/v2/projects/${project}/jobs`
    const options = { method: 'POST', uri, qs: { uploadType: 'multipart' }, json: true }
    return withRetries(() => this.send<T>({ ...options, multipart: parts() }), mayPass, this.retries, stop)
  }

  private send<T>(options: object): Promise<T> {
    return new Promise((resolve, reject) => {
      this.client.request(options as Parameters<BigQuery['request']>[0], (error, body) => {
        if (error) reject(apiError(error))
        else resolve(body as T)
      })
    })
  }
}
