/** One event of a customer, as the brute force sees it. */
export interface Happening {
  readonly id: string
  /** Seconds. */
  readonly at: number
  readonly event: string
  readonly country: string
}

export interface FunnelRule {
  readonly windowSeconds: number
  readonly steps: readonly ((happening: Happening) => boolean)[]
}

/**
 * The attempt by the definition alone: of all sequences of distinct events that are the first steps in order, at instants that do not fall, within
 * the window, the one of most steps, then of the earliest instants, then of the least ids. Every sequence is tried.
 */
export function bestAttempt(happenings: readonly Happening[], { windowSeconds, steps }: FunnelRule): readonly string[] {
  let best: readonly Happening[] = []
  const extend = (taken: readonly Happening[]): void => {
    if (isBetter(taken, best)) best = taken
    const isStep = steps[taken.length]
    if (isStep === undefined) return
    for (const next of happenings) {
      if (!isStep(next) || taken.includes(next)) continue
      if (taken.length > 0 && (next.at < taken.at(-1)!.at || next.at > taken[0]!.at + windowSeconds)) continue
      extend([...taken, next])
    }
  }
  extend([])
  return best.map(({ id }) => id)
}

function isBetter(a: readonly Happening[], b: readonly Happening[]): boolean {
  if (a.length !== b.length) return a.length > b.length
  for (const [index, { at }] of a.entries()) if (at !== b[index]!.at) return at < b[index]!.at
  for (const [index, { id }] of a.entries()) if (id !== b[index]!.id) return id < b[index]!.id
  return false
}
