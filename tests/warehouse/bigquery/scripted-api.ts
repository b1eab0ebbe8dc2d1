import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BigQueryWarehouse } from '../../../src/warehouse/bigquery/bigquery-warehouse.ts'
import type { BigQuerySettings } from '../../../src/warehouse/bigquery/settings.ts'
import type { RetryOptions } from '../../../src/warehouse/retries.ts'

process.env.METADATA_SERVER_DETECTION = 'none'

/** What the client sends, as far as tests look at it. */
export interface SentBody {
  readonly jobReference: { readonly jobId: string }
  readonly configuration: {
    readonly dryRun?: boolean
    readonly labels: Readonly<Record<string, string>>
    readonly query: { readonly query: string; readonly writeDisposition?: string; readonly destinationTable?: unknown }
    readonly load: Readonly<Record<string, unknown>>
  }
  readonly [key: string]: unknown
}

export interface Asked {
  readonly method: string
  /** Below the API's own path: `/projects/acme/jobs`. */
  readonly path: string
  readonly query: URLSearchParams
  /** Parsed JSON; of an upload its first part. */
  readonly body: SentBody
  /** The second part of an upload. */
  readonly upload: Buffer | undefined
  readonly authorization: string | undefined
}

export type Answer = { readonly status?: number; readonly body: unknown } | 'drop the connection'

export interface ScriptedApi {
  readonly settings: BigQuerySettings
  /** All requests but those for tokens, as `POST /projects/acme/jobs`. */
  readonly asked: readonly Asked[]
  readonly lines: () => readonly string[]
  /** Milliseconds that were waited between attempts. */
  readonly waited: readonly number[]
  readonly open: () => Promise<BigQueryWarehouse>
  readonly close: () => Promise<void>
}

/** An API that answers as it is told, and a client that signs in there without leaving this computer. Nothing takes time, but what `wait` does in a pause. */
export async function scriptedApi(
  answer: (asked: Asked, times: number) => Answer,
  settings: Partial<BigQuerySettings> = {},
  wait: RetryOptions['wait'] = async () => undefined,
): Promise<ScriptedApi> {
  const asked: Asked[] = []
  const waited: number[] = []
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url!, 'http://localhost')
      const send = (status: number, body: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      }
      if (url.pathname === '/token') {
        return send(200, {
          access_token: 'of-the-script',
          issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          token_type: 'Bearer',
          expires_in: 3600,
        })
      }
      const all = Buffer.concat(chunks)
      const parts = partsOf(all, request.headers['content-type'] ?? '')
      const method = request.method!
      const path = url.pathname.replace(/^(\/upload)?\/bigquery\/v2/, '')
      const one: Asked = {
        method,
        path,
        query: url.searchParams,
        body: parseJson(parts?.[0] ?? all) as SentBody,
        upload: parts?.[1],
        authorization: request.headers.authorization,
      }
      asked.push(one)
      const times = counts.get(`${method} ${path}`) ?? 0
      counts.set(`${method} ${path}`, times + 1)
      const told = answer(one, times)
      if (told === 'drop the connection') return request.socket.destroy()
      send(told.status ?? 200, told.body)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const whole: BigQuerySettings = {
    project: 'acme',
    location: 'EU',
    labels: { team: 'growth' },
    priority: 'interactive',
    usdPerTib: 6.25,
    credentials: credentialsAt(address),
    apiEndpoint: address,
    ...settings,
  }
  return {
    settings: whole,
    asked,
    lines: () => asked.map(({ method, path }) => `${method} ${path}`),
    waited,
    open: () =>
      BigQueryWarehouse.open(whole, {
        wait: async (milliseconds, stop) => {
          waited.push(milliseconds)
          await wait(milliseconds, stop)
        },
        random: () => 1,
      }),
    close: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** A sign-in of Google's own kind whose tokens come from the script. */
export function credentialsAt(address: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'throughline-token-')), 'subject')
  writeFileSync(file, 'subject')
  return JSON.stringify({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${address}/token`,
    credential_source: { file },
  })
}

/** What Google answers to a request that it refuses. */
export function refusal(status: number, reason: string, message: string): Answer {
  return { status, body: { error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } } }
}

/** A query job that ended well, with an answer of these rows. */
export function jobDone(more: object = {}): Answer {
  return { body: { status: { state: 'DONE' }, statistics: { query: {} }, ...more } }
}

export function jobFailed(reason: string, message: string): Answer {
  return { body: { status: { state: 'DONE', errorResult: { reason, message } } } }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function partsOf(all: Buffer, contentType: string): readonly Buffer[] | undefined {
  const boundary = /boundary=([^;]+)/.exec(contentType)?.[1]
  if (boundary === undefined) return undefined
  const parts: Buffer[] = []
  const mark = Buffer.from(`--${boundary}`)
  for (let from = all.indexOf(mark); from >= 0; ) {
    const next = all.indexOf(mark, from + mark.length)
    if (next < 0) break
    const part = all.subarray(from + mark.length, next)
    parts.push(part.subarray(part.indexOf('\r\n\r\n') + 4, part.length - 2))
    from = next
  }
  return parts
}
