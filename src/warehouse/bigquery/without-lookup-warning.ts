let isWithout = false

/**
 * Google's library warns on the console where it looks for the machine that vouches for the work and finds none, which is so on every laptop
 * without credentials. What comes of it is told as the error that follows.
 */
export function withoutLookupWarning(): void {
  if (isWithout) return
  isWithout = true
  const emitWarning = process.emitWarning.bind(process) as (...args: readonly unknown[]) => void
  process.emitWarning = (...args: readonly unknown[]) => {
    if (args[1] !== 'MetadataLookupWarning') emitWarning(...args)
  }
}
