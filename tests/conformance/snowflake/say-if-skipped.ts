import { whyNoFakesnow } from './python.ts'

/** Before all tests: one line where those of Snowflake cannot run. */
export default function sayIfSkipped(): void {
  const why = whyNoFakesnow()
  if (why !== undefined) console.log(`The Snowflake tests are skipped: ${why}`)
}
