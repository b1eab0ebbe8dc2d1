import type { Fault } from './faults.ts'
import type { Jobs } from './jobs.ts'
import type { Asked } from './query-job.ts'

/** The server's state, as its answers are made from it. */
export interface Project extends Asked {
  readonly jobs: Jobs
  /** Rows in a page of results at the most. */
  readonly pageRows: number
  /** Jobs by the id of the request that made them. */
  readonly requests: Map<string, string>
  /** Where a resumable upload goes on. */
  readonly address: string
  readonly uploads: Map<string, { readonly job: unknown; readonly parts: Buffer[] }>
}

export interface ApiRequest {
  /** What stands in the path for `{datasetId}` and so on. */
  readonly parts: readonly string[]
  readonly query: URLSearchParams
  readonly body: unknown
  readonly raw: Buffer
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly faults: readonly Fault[]
}

export interface ApiAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A page of a list, and the token of the next: https://cloud.google.com/bigquery/docs/paging-results */
export function pageOf<T>(
  items: readonly T[],
  query: URLSearchParams,
  atMost: number,
): { readonly items: readonly T[]; readonly start: number; readonly nextPageToken: string | undefined } {
  const start = Number(query.get('pageToken')?.replace(/^page-/, '') ?? query.get('startIndex') ?? 0)
  const count = Math.min(Number(query.get('maxResults') ?? atMost), atMost)
  const end = start + count
  return { items: items.slice(start, end), start, nextPageToken: end < items.length ? `page-${end}` : undefined }
}
