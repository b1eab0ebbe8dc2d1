import {
  type Answer,
  type ChunkSizes,
  type Chunks,
  ended,
  parametersOf,
  refused,
  running,
  severalEnded,
  succeeded,
} from './answers.ts'
import type { Binds } from './binds.ts'
import { type Fault, faultOf } from './faults.ts'
import type { Runner } from './runner.ts'
import { ServiceError } from './service-error.ts'
import { set } from './session-settings.ts'
import type { Session, Sessions } from './sessions.ts'
import { type SignIn, SignInError, signedIn, type User } from './sign-in.ts'
import { splitStatements } from './sql-text.ts'
import type { Asked, Statement, Statements } from './statements.ts'

/** The server's state, as its answers are made from it. */
export interface Service {
  readonly address: string
  readonly users: readonly User[]
  readonly sessions: Sessions
  readonly statements: Statements
  readonly runner: Runner
  readonly chunks: Chunks
  readonly chunkSizes: ChunkSizes
  /** How long a request waits for its statement before it is told to ask again. */
  readonly answerWithinMilliseconds: number
}

export interface ServiceRequest {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly token: string | undefined
  readonly faults: readonly Fault[]
}

/** What the service answers. */
export async function answerOf(service: Service, request: ServiceRequest): Promise<Answer> {
  const { path } = request
  if (path === '/session/v1/login-request') return signIn(service, request)
  if (path === '/session/token-request') return renew(service, request)
  const session = service.sessions.of(request.token)
  if (session === 'expired') return refused('390112', 'Your session has expired. Please login again.')
  if (session === 'unknown') return refused('390104', 'User must login again to access the service.', null, 401)
  const gone = await broken(service, session, request.faults)
  if (gone !== undefined) return gone
  if (path === '/queries/v1/query-request') return ask(service, session, request)
  if (path === '/queries/v1/abort-request') return cancel(service.statements.byRequest(String(request.body.requestId)))
  if (path === '/session/heartbeat' || path === '/telemetry/send') return succeeded(null)
  if (path === '/session' && request.query.get('delete') === 'true') {
    await service.sessions.end(session)
    service.runner.release(session)
    return succeeded(null)
  }
  const [, asked, id, what] = /^\/(queries|monitoring\/queries)\/([^/]+)(?:\/(result|abort-request))?$/.exec(path) ?? []
  const statement = service.statements.byId(id ?? '')
  if (asked === 'queries' && what === 'abort-request') return cancel(statement)
  if (asked === 'queries' && what === 'result') return resultOf(service, session, statement, id!)
  if (asked === 'monitoring/queries' && what === undefined)
    return succeeded({ queries: statement === undefined ? [] : [stateOf(statement)] })
  return refused('390404', `There is no ${path}.`, null, 404)
}

async function signIn({ users, sessions }: Service, { body, query, faults }: ServiceRequest): Promise<Answer> {
  const data = (body.data ?? {}) as SignIn
  const role = query.get('roleName')
  const failing = faultOf(faults, 'failing')
  if (failing !== undefined) return refused(failing.code, failing.message)
  try {
    const user = signedIn(data, role, users)
    const warehouse = query.get('warehouse')?.toUpperCase() ?? null
    const [database, schema] = [query.get('databaseName') ?? undefined, query.get('schemaName') ?? undefined]
    const session = await sessions.start({ user, role: role?.toUpperCase() ?? null, warehouse, database, schema })
    for (const [name, value] of Object.entries(data.SESSION_PARAMETERS ?? {}))
      set(session.settings, name, String(value))
    return succeeded({
      ...tokensOf(session),
      displayUserName: user.name.toUpperCase(),
      serverVersion: '9.35.0',
      parameters: parametersOf(session),
      sessionInfo: {
        databaseName: session.engine.database ?? null,
        schemaName: session.engine.schema ?? null,
        warehouseName: session.warehouse,
        roleName: session.role,
      },
    })
  } catch (error) {
    if (error instanceof SignInError || error instanceof ServiceError) return refused(error.code, error.message)
    throw error
  }
}

const tokensOf = ({ id, token, masterToken }: Session) => ({
  sessionId: id,
  token,
  masterToken,
  validityInSeconds: 3600,
  masterValidityInSeconds: 14_400,
})

function renew({ sessions }: Service, { token }: ServiceRequest): Answer {
  const session = sessions.renew(token)
  if (session === undefined)
    return refused('390114', 'Authentication token has expired.  The user must authenticate again.')
  return succeeded({
    sessionId: session.id,
    sessionToken: session.token,
    validityInSecondsST: 3600,
    masterToken: session.masterToken,
    validityInSecondsMT: 14_400,
  })
}

/** What faults make of a session before it is heard. */
async function broken(
  { sessions, runner }: Service,
  session: Session,
  faults: readonly Fault[],
): Promise<Answer | undefined> {
  if (faultOf(faults, 'dropped-session') !== undefined) {
    await sessions.end(session)
    runner.release(session)
    return refused('390111', 'Session no longer exists.  New login required to access the service.')
  }
  if (faultOf(faults, 'expired-login') !== undefined) sessions.expireLogin(session)
  else if (faultOf(faults, 'expired-session') !== undefined) sessions.expire(session)
  else return undefined
  return refused('390112', 'Your session has expired. Please login again.')
}

/** A statement, or several where the driver says how many; 0 for any number. */
async function ask(service: Service, session: Session, { query, body, faults }: ServiceRequest): Promise<Answer> {
  const settings = (body.parameters ?? {}) as Readonly<Record<string, unknown>>
  const requestId = query.get('requestId') ?? ''
  const texts = splitStatements(String(body.sqlText))
  const wanted = Number(settings.MULTI_STATEMENT_COUNT ?? session.settings.get('MULTI_STATEMENT_COUNT') ?? 1)
  if (wanted !== 0 && texts.length > 0 && wanted !== texts.length)
    return refused(
      '000008',
      `Actual statement count ${texts.length} did not match the desired statement count ${wanted}.`,
      { errorCode: '000008', sqlState: '0A000', line: -1, pos: -1 },
    )
  const failing = faultOf(faults, 'failing')
  const asked: Asked = {
    requestId,
    sql: texts.length === 1 ? texts[0]! : String(body.sqlText),
    binds: body.bindings as Binds | undefined,
    tag: settings.QUERY_TAG === undefined ? undefined : String(settings.QUERY_TAG),
    describeOnly: body.describeOnly === true,
    waitMilliseconds: faultOf(faults, 'slow')?.milliseconds,
    failure: failing && new ServiceError(failing.code, failing.sqlState, failing.message),
  }
  if (texts.length > 1) return askSeveral(service, session, texts, asked)
  const statement = service.statements.start(session, asked)
  if (body.asyncExec === true) return running(statement, '333334')
  return resultOf(service, session, statement, statement.id)
}

async function askSeveral(service: Service, session: Session, texts: readonly string[], asked: Asked): Promise<Answer> {
  const statements: Statement[] = []
  for (const [index, sql] of texts.entries()) {
    const statement = service.statements.start(session, { ...asked, sql, requestId: `${asked.requestId}/${index}` })
    statements.push(statement)
    await statement.done
    if (statement.error !== undefined) return resultOf(service, session, statement, statement.id)
  }
  return severalEnded(`01${asked.requestId.slice(2)}`, statements, session)
}

async function resultOf(
  service: Service,
  session: Session,
  statement: Statement | undefined,
  id: string,
): Promise<Answer> {
  if (statement === undefined) return refused('000709', `Statement ${id} not found`, { queryId: id })
  const isDone = await within(service.answerWithinMilliseconds, statement.done)
  return isDone
    ? ended(statement, session, service.chunks, service.address, service.chunkSizes)
    : running(statement, '333333')
}

function cancel(statement: Statement | undefined): Answer {
  if (statement?.cancel() === true) return succeeded(null)
  return refused('000605', 'Identified SQL statement is not currently executing.')
}

function stateOf({ id, sql, state, error }: Statement) {
  const status = { queued: 'QUEUED', running: 'RUNNING', success: 'SUCCESS', failed: 'FAILED_WITH_ERROR' }[state]
  const failure = error === undefined ? undefined : { errorCode: Number(error.code), errorMessage: error.message }
  return { id, sqlText: sql, status, ...failure }
}

/** Whether the work ends in the time. */
async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  const isDone = await Promise.race([work.then(() => true), late])
  clearTimeout(timer)
  return isDone
}
