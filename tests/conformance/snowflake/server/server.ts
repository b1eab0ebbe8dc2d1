import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { refused } from './answers.ts'
import { Fakesnow } from './fakesnow.ts'
import { Faults, faultOf } from './faults.ts'
import type { Result } from './results.ts'
import { answerOf, type Service } from './routes.ts'
import { Runner } from './runner.ts'
import { Sessions } from './sessions.ts'
import type { User } from './sign-in.ts'
import { type Statement, Statements } from './statements.ts'
import { ToldAnswers } from './told-answers.ts'

export interface LocalSnowflake {
  /** `http://127.0.0.1:40123`, to be given to the driver as its `accessUrl`. */
  readonly url: string
  readonly host: string
  readonly port: number
  readonly protocol: 'http'
  readonly faults: Faults
  /** What a test says in the service's place, where fakesnow lacks the statement. */
  readonly told: ToldAnswers
  /** Every request so far: `POST /queries/v1/query-request`. */
  readonly requests: readonly string[]
  /** Every statement so far, in the order in which it was asked for first. */
  readonly statements: () => readonly Statement[]
  /** Sessions that are open. */
  readonly sessionCount: () => number
  /** What a statement gives, past the protocol and in a session of its own. */
  query(sql: string): Promise<Result>
  /** Called from here on when a request has been carried out, before its answer leaves. */
  onCarriedOut(tell: () => void): void
  /** Carries out so many statements more, and then no request is answered any more, that of the last among them: the client is on its own. */
  stopAfter(statements: number): void
  /** Answers again. All sessions are gone, what they had not committed undone, as when the service gives up a client. */
  revive(): Promise<void>
  close(): Promise<void>
}

export interface LocalSnowflakeOptions {
  /** One user `ANA` whose password is `secret`, where it is left out. */
  readonly users?: readonly User[]
  /** Made before the first sign-in, each with a schema `PUBLIC`; `SHOP` where it is left out. */
  readonly databases?: readonly string[]
  /** Rows in an answer itself, and in each part of a larger result. */
  readonly firstRows?: number
  readonly chunkRows?: number
  /** How long a request waits for its statement; 45 seconds, as the service has it. */
  readonly answerWithinMilliseconds?: number
}

/** The service's protocol, as the driver for Node speaks it, in front of fakesnow, on this machine. */
export async function startLocalSnowflake(options: LocalSnowflakeOptions = {}): Promise<LocalSnowflake> {
  const {
    users = [{ name: 'ANA', password: 'secret' }],
    databases = ['SHOP'],
    answerWithinMilliseconds = 45_000,
  } = options
  const engine = await Fakesnow.start()
  const inside = await engine.open(undefined, undefined)
  for (const name of databases) {
    await inside.run(`create database if not exists ${name}`)
    await inside.run(`create schema if not exists ${name}.public`)
  }
  const told = new ToldAnswers()
  const runner = new Runner(told)
  const sessions = new Sessions(engine)
  const statements = new Statements(runner)
  const faults = new Faults()
  const requests: string[] = []
  let carriedOut = (): void => undefined
  let left = Number.POSITIVE_INFINITY
  let service: Service
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await bodyOf(request)
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost')
    const method = request.method ?? 'GET'
    requests.push(`${method} ${path}`)
    const taken = faults.take(method, path, raw.toString('utf8'))
    const slow = faultOf(taken, 'delay')
    if (slow !== undefined) await delay(slow.milliseconds)
    if (left <= 0 || faultOf(taken, 'lost-request') !== undefined) return void request.socket.destroy()
    const status = faultOf(taken, 'status')
    if (status !== undefined) return void response.writeHead(status.status).end()
    const chunk = service.chunks.get(path)
    if (chunk !== undefined) return void response.writeHead(200, chunkHeaders).end(chunk)
    const body = raw.length === 0 ? {} : JSON.parse(raw.toString('utf8'))
    const [, token] = /Token="([^"]*)"/.exec(request.headers.authorization ?? '') ?? []
    const answer = await answerOf(service, { path, query, body, token, faults: taken })
    if (path === '/queries/v1/query-request') left -= 1
    carriedOut()
    if (left <= 0 || faultOf(taken, 'lost-answer') !== undefined) return void request.socket.destroy()
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer.body))
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify(refused('370001', String(error?.stack ?? error)).body))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  service = {
    address: url,
    users,
    sessions,
    statements,
    runner,
    chunks: new Map(),
    chunkSizes: { first: options.firstRows ?? 500, others: options.chunkRows ?? 5000 },
    answerWithinMilliseconds,
  }
  return {
    url,
    host: '127.0.0.1',
    port,
    protocol: 'http',
    faults,
    told,
    requests,
    statements: () => statements.all(),
    sessionCount: () => sessions.all().length,
    query: sql => inside.run(sql),
    onCarriedOut: tell => {
      carriedOut = tell
    },
    stopAfter: count => {
      left = count
    },
    revive: async () => {
      server.closeAllConnections()
      for (const session of sessions.all()) {
        await sessions.end(session)
        runner.release(session)
      }
      left = Number.POSITIVE_INFINITY
    },
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
      await engine.stop()
    },
  }
}

/** The driver would parse JSON by itself, and fail on a part of it. */
const chunkHeaders = { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' }

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = Buffer.concat(parts)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}
