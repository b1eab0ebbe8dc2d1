import type { ErrorResource } from './resources.ts'

/** What the API answered instead of what was asked for, or that it did not answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    message: string,
    /** The HTTP status; undefined where no answer came. */
    readonly status: number | undefined,
    /** Google's word for what is wrong: `notFound`, `rateLimitExceeded`, `invalidQuery` …. */
    readonly reason: string | undefined,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options)
  }
}

/** An error of the client library as ours. */
export function apiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const { message, code, errors, response } = error as {
    readonly message?: string
    readonly code?: number | string
    readonly errors?: readonly ErrorResource[]
    readonly response?: { readonly statusCode?: number; readonly status?: number }
  }
  const status = [code, response?.statusCode, response?.status].map(Number).find(value => value >= 100)
  const first = errors?.find(({ reason }) => reason !== undefined)
  const reason = first?.reason ?? (typeof code === 'string' && status === undefined ? code : undefined)
  return new ApiError(first?.message || message || String(error), status, reason, { cause: error })
}

const passingReasons = [
  'rateLimitExceeded',
  'backendError',
  'internalError',
  'jobRateLimitExceeded',
  'jobBackendError',
  'jobInternalError',
]
const lostConnection =
  /ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|socket hang up|premature close|network timeout/i

/** Whether the same request may well succeed a little later. */
export function mayPass(error: unknown): boolean {
  const { status, reason, message } = apiError(error)
  if (reason !== undefined && passingReasons.includes(reason)) return true
  if (status === undefined) return lostConnection.test(`${reason ?? ''} ${message}`)
  return [429, 500, 502, 503, 504].includes(status)
}

/** Whether a job that ended so may well succeed as another job. Two writers of one table may also have met. */
export function jobMayPass({ reason, message }: ErrorResource): boolean {
  return (
    (reason !== undefined && passingReasons.includes(reason)) ||
    /Could not serialize access to table|too many concurrent/i.test(message ?? '')
  )
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/** The account may not do it; a quota is refused with the same status. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403 && error.reason !== 'quotaExceeded' && !mayPass(error)
}

export function isAlreadyThere(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409
}
