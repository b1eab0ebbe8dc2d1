import type { Replayed } from './corpus-replay.ts'

/** Why a recorded answer is not given here; by what is said of it, never by the recording itself. */
export interface Reason {
  readonly reason: string
  readonly applies: (replayed: Replayed) => boolean
}

const says = (outcome: Replayed['outcome'], pattern: RegExp) => (replayed: Replayed) =>
  replayed.outcome === outcome && pattern.test(replayed.told)

export const reasons: readonly Reason[] = [
  {
    reason: 'Geography: the evaluator has the type and none of its functions',
    applies: says('unsupported', /function: st_/i),
  },
  {
    reason: 'Procedural language, procedures and sessions: the evaluator runs statements, not scripts with variables',
    applies: says('unsupported', /^procedural language$|CREATE PROCEDURE|statement CALL|^sessions$|EXECUTE IMMEDIATE/),
  },
  {
    reason: 'Functions that are not SQL: JavaScript runs in no evaluator of SQL',
    applies: says('unsupported', /^a function in another language/),
  },
  { reason: 'Table functions: this server keeps none', applies: says('unsupported', /TABLE FUNCTION/) },
  {
    reason: 'Intervals as results: their values cannot be read from the evaluator',
    applies: says('unsupported', /INTERVAL/),
  },
  {
    reason: 'Approximate aggregates and sketches: the evaluator has none of them',
    applies: says('unsupported', /function: (approx_|hll_count)/i),
  },
  {
    reason: 'Grouping sets, rollups and cubes: the evaluator plans no more than plain GROUP BY',
    applies: says('unsupported', /rollup|grouping_call|grouping_set/i),
  },
  {
    reason: 'Newer than the build of early 2024: functions that its analyzer does not know',
    applies: says('unsupported', /not found: /),
  },
  {
    reason: 'Other functions that the analyzer knows and the evaluator does not',
    applies: says('unsupported', /^Unsupported built-in function: (to_base32|from_base32|range_contains|[a-z_0-9.]+)/),
  },
  { reason: 'Legacy SQL', applies: says('unsupported', /^legacy SQL$/) },
  {
    reason: 'Too much for an evaluator that goes through every row',
    applies: says('unsupported', /^no answer within/),
  },
  { reason: 'The evaluator ends over the statement', applies: says('unsupported', /evaluator ended/) },
  {
    reason:
      'GROUP BY of an expression that the select list repeats: BigQuery takes the two as one, the build of early 2024 does not',
    applies: says(
      'other-error',
      /^SELECT list expression references column \w+ which is neither grouped nor aggregated/,
    ),
  },
]
