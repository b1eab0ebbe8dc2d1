import { saysLeaseLost } from '../sharing.ts'
import { WarehouseError } from '../warehouse.ts'
import { apiError } from './api-error.ts'
import type { ErrorResource } from './resources.ts'

/** A failed job as ours: Google's words, and where in the statement they point. */
export function jobError(
  { reason, message = 'the job failed' }: ErrorResource,
  sql: string | undefined,
  jobId: string | undefined,
): WarehouseError {
  const at = / at \[(\d+):(\d+)\]/.exec(message)
  const words = message.replace(/ at \[\d+:\d+\]\s*$/, '')
  const offset = sql === undefined || at === null ? undefined : offsetOf(sql, Number(at[1]), Number(at[2]))
  const [, unknownName] =
    /^Unrecognized name: `?([\w.]+)`?/.exec(message) ?? /^Name (\w+) not found inside/.exec(message) ?? []
  const ofJob = jobId === undefined || at !== null ? '' : ` (job ${jobId})`
  return new WarehouseError(`${words}${ofJob}`, { sql, offset, unknownName, kind: kindOf(reason, message) })
}

/** A request that was refused, or never answered. */
export function requestError(error: unknown, sql: string | undefined): WarehouseError {
  if (error instanceof WarehouseError) return error
  const { reason, message, status } = apiError(error)
  if (reason === 'invalidQuery' || status === 400)
    return jobError({ reason: reason ?? 'invalid', message }, sql, undefined)
  const kind =
    status === undefined || status >= 500 || status === 429 || status === 401 ? 'connection' : kindOf(reason, message)
  return new WarehouseError(message, {
    sql,
    kind,
    hint: status === undefined ? hintOfSilence(message) : undefined,
    cause: error,
  })
}

/** Nothing was answered: mostly there is nothing to sign in with, or no way to Google. */
function hintOfSilence(message: string): string | undefined {
  if (/default credentials|invalid_grant/i.test(message)) return undefined
  return 'Google was not reached: look after the network, a proxy (HTTPS_PROXY) and api_endpoint of the target; throughline debug says how you are signed in'
}

function kindOf(reason: string | undefined, message: string): WarehouseError['errorKind'] {
  if (/^Syntax error/.test(message)) return 'syntax'
  if (saysLeaseLost(message)) return 'lease'
  if (
    reason === 'notFound' ||
    /^(Unrecognized name|Table not found|Name \w+ not found|Function not found|Not found)/.test(message)
  )
    return 'name'
  if (
    /(division by zero|Bad (int64|double|bool|numeric) value|Invalid (date|timestamp|datetime)|overflow|out of range)/i.test(
      message,
    )
  )
    return 'data'
  if (reason === 'invalidQuery' || reason === 'invalid') return 'type'
  if (reason === 'backendError' || reason === 'internalError' || reason === 'rateLimitExceeded') return 'connection'
  return 'other'
}

/** A line and a column, from 1, counted in characters as Google's parser counts them (a tab goes on to the next eighth), in UTF-16 units. */
function offsetOf(sql: string, line: number, column: number): number {
  let offset = 0
  for (let passed = 1; passed < line; passed++) {
    const end = sql.indexOf('\n', offset)
    if (end < 0) return sql.length
    offset = end + 1
  }
  let at = 1
  for (const character of sql.slice(offset)) {
    if (at >= column || character === '\n') break
    offset += character.length
    at += character === '\t' ? 8 - ((at - 1) % 8) : 1
  }
  return offset
}
