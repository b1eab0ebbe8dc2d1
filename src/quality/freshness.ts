import type { Freshness } from '../authoring/location.ts'

/** How a raw table stands against its limits; `no limit`: the config sets none. */
export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'no limit'

export interface JudgedFreshness {
  readonly status: FreshnessStatus
  /** From the newest row to the run's instant; undefined where no row tells a time. Below zero where it says a time to come. */
  readonly ageSeconds: number | undefined
}

/** Judges the newest row, both instants in UTC as `2026-06-01 12:00:00`. Without any row, a table is older than every limit. */
export function judgeFreshness(
  latestAt: string | undefined,
  limits: Freshness | undefined,
  startedAt: string,
): JudgedFreshness {
  const ageSeconds = latestAt === undefined ? undefined : (millisecondsOf(startedAt) - millisecondsOf(latestAt)) / 1000
  const { warnAfterSeconds, errorAfterSeconds } = limits ?? {}
  const isOver = (limit: number | undefined) => limit !== undefined && (ageSeconds ?? Infinity) > limit
  if (warnAfterSeconds === undefined && errorAfterSeconds === undefined) return { status: 'no limit', ageSeconds }
  const status = isOver(errorAfterSeconds) ? 'error' : isOver(warnAfterSeconds) ? 'warn' : 'pass'
  return { status, ageSeconds }
}

function millisecondsOf(instant: string): number {
  return Date.parse(`${instant.replace(' ', 'T')}Z`)
}
