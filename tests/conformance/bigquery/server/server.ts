import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { GoogleSqlError } from '../../../../src/googlesql/errors.ts'
import type { Evaluated, GoogleSql } from '../../../../src/googlesql/googlesql.ts'
import { ApiError, errorBody, notFound, notImplemented } from './api-error.ts'
import { Clock } from './clock.ts'
import { Faults, faultOf } from './faults.ts'
import { type Job, Jobs } from './jobs.ts'
import { runQueryJob } from './query-job.ts'
import type { ApiAnswer, Project } from './request.ts'
import { routeOf } from './routes.ts'
import { Store } from './store.ts'

export interface LocalBigQuery {
  /** `http://127.0.0.1:40123`, to be given to the client as its `apiEndpoint`. */
  readonly address: string
  readonly projectId: string
  readonly faults: Faults
  readonly store: Store
  /** Every job there is, dry runs aside, in the order in which they were accepted. */
  readonly jobs: () => readonly Job[]
  /** What a query gives, without a job or a request. */
  query(sql: string): Promise<Evaluated>
  /** Every request so far: `POST /bigquery/v2/projects/…`. */
  readonly requests: readonly string[]
  /** Called from here on when a request has been carried out, before its answer leaves. */
  onCarriedOut(tell: () => void): void
  /** The same after each statement of a query job: what stands then is what a job leaves that ends there, as a cancelled one does. */
  onStatement(tell: () => void): void
  close(): Promise<void>
}

export interface LocalBigQueryOptions {
  readonly google: GoogleSql
  readonly projectId?: string
  /** What requests are signed with. One that is not signed at all passes: the client signs none to an endpoint of one's own unless told to. */
  readonly token?: string
  /** As row access policies name whoever asks. */
  readonly caller?: string
  /** Rows in a page of results at the most. */
  readonly pageRows?: number
}

/** BigQuery's API over Google's evaluator, on this machine, its state in memory. Equal requests give equal answers. */
export async function startLocalBigQuery(options: LocalBigQueryOptions): Promise<LocalBigQuery> {
  const { google, projectId = 'proof', token = 'local', caller = 'user:ana@example.com', pageRows = 100_000 } = options
  const store = new Store(projectId, new Clock())
  const jobs = new Jobs(projectId)
  const faults = new Faults()
  const requests: string[] = []
  let carriedOut = (): void => undefined
  let afterStatement = (): void => undefined
  let project: Project
  let last: Promise<unknown> = Promise.resolve()
  /** One after the other, so that nothing is seen half done. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await bodyOf(request)
    const url = new URL(request.url ?? '/', 'http://localhost')
    const method = request.method ?? 'GET'
    requests.push(`${method} ${url.pathname}`)
    const taken = faults.take(method, url.pathname, raw)
    const slow = faultOf(taken, 'delay')
    if (slow !== undefined) await delay(slow.milliseconds)
    if (faultOf(taken, 'lost-request') !== undefined) return void request.socket.destroy()
    const answer = await inTurn(async (): Promise<ApiAnswer> => {
      try {
        const failed = faultOf(taken, 'answer')
        if (failed !== undefined) throw new ApiError(failed.status, failed.reason, failed.message ?? failed.reason)
        if (isForged(request.headers.authorization, token))
          throw new ApiError(401, 'authError', 'Request had invalid authentication credentials.')
        const route = routeOf(method, url.pathname)
        if (route === undefined) throw notImplemented(`${method} ${url.pathname}`)
        if (route.project !== projectId) throw notFound('Project', route.project)
        const body = jsonOf(raw, request.headers['content-type'])
        const { parts } = route
        return await route.answer(project, {
          parts,
          query: url.searchParams,
          body,
          raw,
          headers: request.headers,
          faults: taken,
        })
      } catch (error) {
        const told = asApiError(error)
        return { status: told.status, body: errorBody(told) }
      } finally {
        carriedOut()
      }
    })
    if (faultOf(taken, 'lost-answer') !== undefined) return void request.socket.destroy()
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body)
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json; charset=UTF-8', ...answer.headers })
    response.end(text)
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(error => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  project = {
    google,
    store,
    jobs,
    caller,
    pageRows,
    address,
    functions: new Map(),
    onStatement: () => afterStatement(),
    requests: new Map(),
    uploads: new Map(),
  }
  return {
    address,
    projectId,
    faults,
    store,
    jobs: () => jobs.all(),
    requests,
    onCarriedOut: tell => {
      carriedOut = tell
    },
    onStatement: tell => {
      afterStatement = tell
    },
    query: async sql => {
      const { outcome } = await inTurn(() => runQueryJob({ query: { query: sql } }, project))
      return { columns: outcome?.columns ?? [], rows: outcome?.rows ?? [] }
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const isForged = (authorization: string | undefined, token: string): boolean =>
  authorization !== undefined && authorization !== `Bearer ${token}`

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof GoogleSqlError && error.kind === 'unsupported') return notImplemented(error.message)
  return new ApiError(500, 'internalError', error instanceof Error ? (error.stack ?? error.message) : String(error))
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}

function jsonOf(raw: Buffer, type: string | undefined): unknown {
  if (raw.length === 0 || type?.includes('json') !== true) return {}
  return JSON.parse(raw.toString('utf8'))
}
