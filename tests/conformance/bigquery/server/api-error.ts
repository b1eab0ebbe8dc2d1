/** An error as BigQuery's API gives it: https://cloud.google.com/bigquery/docs/error-messages */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    /** What the error is about, where it is a job's: `query`. */
    readonly location?: string,
    /** Found only when the job already ran: it is told by the job, and not in answer to its request. */
    readonly isOfRun = false,
  ) {
    super(message)
  }
}

const statusNames: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
}

/** The status with which a failed query's answer comes, by its reason. */
export const statusOfReason: Readonly<Record<string, number>> = {
  accessDenied: 403,
  backendError: 503,
  duplicate: 409,
  internalError: 500,
  invalid: 400,
  invalidQuery: 400,
  notFound: 404,
  notImplemented: 501,
  rateLimitExceeded: 403,
  stopped: 400,
}

/** `{ error: { code, message, errors: [{ reason … }], status } }` */
export function errorBody({ status, reason, message, location }: ApiError): object {
  const details = { message, domain: 'global', reason, ...(location === undefined ? {} : placed(location)) }
  return { error: { code: status, message, errors: [details], status: statusNames[status] ?? 'UNKNOWN' } }
}

const placed = (location: string) => ({ location, locationType: 'parameter' })

export const notFound = (what: string, name: string): ApiError =>
  new ApiError(404, 'notFound', `Not found: ${what} ${name}`)
export const duplicate = (what: string, name: string): ApiError =>
  new ApiError(409, 'duplicate', `Already Exists: ${what} ${name}`)
export const invalidQuery = (message: string): ApiError => new ApiError(400, 'invalidQuery', message, 'query')
export const invalid = (message: string): ApiError => new ApiError(400, 'invalid', message)
export const notImplemented = (message: string): ApiError => new ApiError(501, 'notImplemented', message)
