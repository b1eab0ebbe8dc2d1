/** An error as the service words it: https://docs.snowflake.com/en/user-guide/error-messages */
export class ServiceError extends Error {
  constructor(
    /** Six digits: `002003`. */
    readonly code: string,
    readonly sqlState: string,
    message: string,
    /** Where in the statement, line and character counted from 1 and 0 as the service does; -1 where it does not say. */
    readonly place: { readonly line: number; readonly position: number } = { line: -1, position: -1 },
    /** The engine's own words, where it was not the service that refused. */
    readonly engineMessage?: string,
  ) {
    super(message)
  }
}

export const cancelled = (): ServiceError => new ServiceError('000604', '57014', 'SQL execution canceled')
