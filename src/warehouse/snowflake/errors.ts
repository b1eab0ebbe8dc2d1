import { saysLeaseLost } from '../sharing.ts'
import { WarehouseError } from '../warehouse.ts'

/** What Snowflake answered instead of rows, or that it did not answer; `code` as Snowflake or its driver writes it: `002003`. */
export class SnowflakeError extends Error {
  override readonly name = 'SnowflakeError'

  constructor(
    message: string,
    readonly code: string,
    readonly sqlState: string | undefined,
    readonly queryId: string | undefined,
    /** Where in the statement: the line from 1, and the position in it from 0. */
    readonly place: { readonly line: number; readonly position: number } | undefined,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options)
  }
}

/** An error of the driver as ours. */
export function snowflakeError(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error
  const { message, code, sqlState, data, cause } = error as {
    readonly message?: string
    readonly code?: string | number
    readonly sqlState?: string
    readonly data?: {
      readonly queryId?: string
      readonly sqlState?: string
      readonly line?: number
      readonly pos?: number
    }
    readonly cause?: { readonly message?: string }
  }
  const said = message ?? String(error)
  const words = cause?.message === undefined || said.includes(cause.message) ? said : `${said} ${cause.message}`
  const number = code === undefined || code === null ? '' : String(code)
  return new SnowflakeError(
    words.trim(),
    number,
    sqlState ?? data?.sqlState,
    data?.queryId,
    placeOf(words, data ?? {}),
    { cause: error },
  )
}

function placeOf(
  message: string,
  { line = -1, pos = -1 }: { readonly line?: number; readonly pos?: number },
): SnowflakeError['place'] {
  const said = /error line (\d+) at position (\d+)/.exec(message)
  if (said !== null) return { line: Number(said[1]), position: Number(said[2]) }
  return line < 1 || pos < 0 ? undefined : { line, position: pos }
}

/** The driver has no session any more: it was closed, or Snowflake knows its token no longer. What was sent was not begun. */
const lostSessions = ['405503', '407001', '407002', '401004', '390104', '390111', '390112', '390114']

export function isSessionLost(error: unknown): boolean {
  return error instanceof SnowflakeError && lostSessions.includes(error.code)
}

/** No answer came, although the driver asked again for a minute or so. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof SnowflakeError && ['401001', '401002', '402001', '402002'].includes(error.code)
}

/** Another transaction holds what this statement needed; the statement did nothing. */
export function isLockConflict(error: unknown): boolean {
  return (
    error instanceof SnowflakeError &&
    (error.code === '000625' || /\block(s|ed)?\b[^.]*\b(timed out|timeout|not yet been released)/i.test(error.message))
  )
}

/** There is no warehouse that computes: it is suspended and does not resume by itself, or none is chosen. */
export function isWithoutWarehouse(error: unknown): boolean {
  return (
    error instanceof SnowflakeError &&
    (['000606', '000607'].includes(error.code) ||
      /no active warehouse selected|warehouse .* is suspended/i.test(error.message))
  )
}

/** Whether Snowflake itself says that the same statement may well succeed a little later; it did nothing. */
export function mayPass(error: unknown): boolean {
  return (
    error instanceof SnowflakeError &&
    /\b(please (retry|try again)|(retry|try again) later|temporarily unavailable|too many (requests|concurrent))/i.test(
      error.message,
    )
  )
}

export function isStopped(error: unknown): boolean {
  return error instanceof SnowflakeError && error.code === '000604'
}

/** Of a statement that was stopped before it was sent. */
export function stoppedBefore(): SnowflakeError {
  return new SnowflakeError('the statement was stopped before it was sent', '000604', undefined, undefined, undefined)
}

/** Of what was stopped; `cause` is what it met by that, or before. */
export function interrupted(cause: unknown): WarehouseError {
  return new WarehouseError('the statement was stopped', { kind: 'interrupted', cause })
}

/** What is named is not there, or the role may not know that it is. */
export function isMissing(error: unknown): boolean {
  const cause = error instanceof WarehouseError ? error.cause : error
  return cause instanceof SnowflakeError && ['002003', '002043'].includes(cause.code)
}

/** The role may not do what was asked. */
export function isForbidden(error: unknown): boolean {
  const cause = error instanceof WarehouseError ? error.cause : error
  return cause instanceof SnowflakeError && (cause.code === '003001' || cause.sqlState === '42501')
}

/** A failed statement as ours: Snowflake's words, and where in the statement they point. */
export function statementError(error: SnowflakeError, sql: string | undefined): WarehouseError {
  const { message, code, queryId, place } = error
  const words = message
    .replace(/^SQL compilation error:\s*/, '')
    .replace(/^(syntax error|error) line \d+ at position -?\d+\s*/, (_, what: string) =>
      what === 'error' ? '' : 'syntax error ',
    )
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  const offset = sql === undefined || place === undefined ? undefined : offsetOf(sql, place)
  const [, unknownName] =
    /invalid identifier '"?([^'"]+)"?'/.exec(message) ?? /Unknown function (\S+?)\.?$/.exec(message) ?? []
  const ofQuery = queryId === undefined || place !== undefined ? '' : ` (query ${queryId})`
  return new WarehouseError(`${words === '' ? message : words}${ofQuery}${hintOf(error)}`, {
    sql,
    offset,
    unknownName: unknownName?.toLowerCase(),
    kind: kindOf(code, error),
    cause: error,
  })
}

function hintOf(error: SnowflakeError): string {
  if (isLockConflict(error))
    return ': another transaction holds the table. Of a build that was killed it is gone after ten minutes at most; lock_timeout in the target says how long to wait'
  if (isWithoutWarehouse(error))
    return ': name a warehouse in the target that the role may use, and that resumes by itself'
  if (error.code === '090073') return ': its resource monitor stopped it, and says when it goes on'
  if (error.code === '000630') return ': statement_timeout in the target says how long one may run'
  return ''
}

function kindOf(code: string, error: SnowflakeError): WarehouseError['errorKind'] {
  if (code === '000604') return 'interrupted'
  if (saysLeaseLost(error.message)) return 'lease'
  if (isSessionLost(error) || isConnectionLost(error) || /^(39|40)\d{4}$/.test(code)) return 'connection'
  if (code === '001003') return 'syntax'
  if (['000904', '002003', '002043', '002140', '002141', '000900'].includes(code)) return 'name'
  if (/^100\d{3}$/.test(code)) return 'data'
  if (/^00[12]\d{3}$/.test(code)) return 'type'
  return 'other'
}

/** A line from 1 and a position in it from 0, in characters, in UTF-16 units. */
function offsetOf(sql: string, { line, position }: NonNullable<SnowflakeError['place']>): number {
  let offset = 0
  for (let passed = 1; passed < line; passed++) {
    const end = sql.indexOf('\n', offset)
    if (end < 0) return sql.length
    offset = end + 1
  }
  let at = 0
  for (const character of sql.slice(offset)) {
    if (at >= position || character === '\n') break
    offset += character.length
    at += 1
  }
  return offset
}
