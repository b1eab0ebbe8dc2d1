import { engines } from '../../authoring/macro.ts'
import type { CheckOutcome } from '../check-models.ts'
import { countOf, durationOf, listed } from './words.ts'

/** `Checked 123 models for duckdb, bigquery and snowflake in 2.34 s`, and how many of them are for one engine alone. */
export function checkedWords({ modelCount, oneEngineCount, seconds }: Omit<CheckOutcome, 'problems'>): string {
  const alone = oneEngineCount === 0 ? '' : ` (${oneEngineCount} of them for one engine alone)`
  return `Checked ${countOf(modelCount, 'model')} for ${listed(engines)}${alone} in ${durationOf(seconds)}`
}
