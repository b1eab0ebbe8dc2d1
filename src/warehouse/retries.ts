import { setTimeout } from 'node:timers/promises'

/** How often what may pass is tried again. */
export interface RetryOptions {
  /** Waits so many milliseconds, or until it is stopped. */
  readonly wait: (milliseconds: number, stop?: AbortSignal) => Promise<void>
  /** From 0 to 1, so that two who wait do not come back together. */
  readonly random: () => number
}

const attempts = 7
const firstWait = 500
const longestWait = 32_000

export const patiently: RetryOptions = {
  wait: async (milliseconds, signal) => {
    try {
      await setTimeout(milliseconds, undefined, { signal })
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  },
  random: Math.random,
}

/**
 * Does the work again where its failure may pass: up to seven times in about half a minute, the pauses doubling from half a second. Once it is stopped,
 * nothing is done again, and the failure that there was is thrown at once.
 */
export async function withRetries<T>(
  work: (attempt: number) => Promise<T>,
  mayPass: (error: unknown) => boolean,
  { wait, random }: RetryOptions,
  stop?: AbortSignal,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt)
    } catch (error) {
      if (attempt + 1 >= attempts || stop?.aborted || !mayPass(error)) throw error
      await wait(Math.min(longestWait, firstWait * 2 ** attempt) * (0.5 + random() / 2), stop)
      if (stop?.aborted) throw error
    }
  }
}
