/** What a command's end says to a script. */
export const exitCodes = {
  good: 0,
  /** A model or a test failed, or a check found problems. */
  failed: 1,
  /** The command could not be carried out, or not to its end. */
  notCarriedOut: 2,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
