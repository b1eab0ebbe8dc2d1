/** A statement that the analyzer refuses or the evaluator fails, in Google's own words. */
export class GoogleSqlError extends Error {
  override readonly name = 'GoogleSqlError'
  /**
   * `invalid`: it is wrong; `data`: its rows are (division by zero, overflow, a cast that fails); `unsupported`: this build cannot tell;
   * `ended`: the process ended over it.
   */
  readonly kind: 'invalid' | 'data' | 'unsupported' | 'ended'
  readonly place: TextPlace | undefined

  constructor(
    message: string,
    details: {
      readonly kind: GoogleSqlError['kind']
      readonly place?: TextPlace | undefined
      readonly cause?: unknown
    },
  ) {
    super(message, { cause: details.cause })
    this.kind = details.kind
    this.place = details.place
  }
}

/** A position in a statement's text. */
export interface TextPlace {
  /** In UTF-16 units, from 0. */
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** From 1, in code points; a tab reaches to the next multiple of eight, as Google counts. */
  readonly column: number
}
