import type { Freshness } from '../authoring/location.ts'
import type { JsonObject } from './json.ts'

/** Limits as dbt writes them. */
export function freshnessCriteria(limits: Freshness | undefined): JsonObject {
  return {
    warn_after: timeOf(limits?.warnAfterSeconds),
    error_after: timeOf(limits?.errorAfterSeconds),
    filter: null,
  }
}

/** In the largest unit that says it; a part of a minute is told as a whole one. */
function timeOf(seconds: number | undefined): JsonObject | null {
  if (seconds === undefined) return null
  if (seconds % 86_400 === 0) return { count: seconds / 86_400, period: 'day' }
  if (seconds % 3600 === 0) return { count: seconds / 3600, period: 'hour' }
  return { count: Math.ceil(seconds / 60), period: 'minute' }
}
