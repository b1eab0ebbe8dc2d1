/** What a data test found. */
export interface TestResult {
  readonly name: string
  /** What was tested, in words. */
  readonly says: string
  /** `error`: the test itself could not be run. */
  readonly status: 'pass' | 'warn' | 'fail' | 'error' | 'skipped'
  readonly failures: number
  readonly message: string | undefined
  /** The statement that counts the failing rows. */
  readonly sql: string | undefined
  readonly seconds: number
}
