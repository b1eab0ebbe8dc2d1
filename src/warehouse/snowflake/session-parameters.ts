import type { SnowflakeSettings } from './settings.ts'

/**
 * What is set in every session, so that statements mean the same whatever the account, the user or the warehouse says: time is UTC and a
 * timestamp is without a zone, weeks are ISO's, dates are read and written as ISO has them, NULL comes last, JSON is strict, answers are
 * whole, an update that could come out in two ways fails, each statement is its own transaction where none was begun,
 * and ends five minutes after whoever sent it is gone; how long one may run, and wait for another's lock.
 */
export function sessionStatement(settings: SnowflakeSettings): string {
  const set = parametersOf(settings).map(([name, value]) => `${name} = ${value}`)
  return `alter session set ${set.join(' ')}`
}

/** For people and the statement above: values as SQL. */
export function parametersOf({
  statementTimeoutSeconds,
  lockTimeoutSeconds,
}: Pick<SnowflakeSettings, 'statementTimeoutSeconds' | 'lockTimeoutSeconds'>): readonly (readonly [string, string])[] {
  return [
    ['timezone', "'UTC'"],
    ['timestamp_type_mapping', "'TIMESTAMP_NTZ'"],
    ['week_start', '0'],
    ['week_of_year_policy', '0'],
    ['two_digit_century_start', '1970'],
    ['quoted_identifiers_ignore_case', 'false'],
    ['default_null_ordering', "'LAST'"],
    ['date_input_format', "'AUTO'"],
    ['timestamp_input_format', "'AUTO'"],
    ['date_output_format', "'YYYY-MM-DD'"],
    ['time_output_format', "'HH24:MI:SS.FF6'"],
    ['timestamp_ntz_output_format', "'YYYY-MM-DD HH24:MI:SS.FF6'"],
    ['timestamp_tz_output_format', "'YYYY-MM-DD HH24:MI:SS.FF6 TZHTZM'"],
    ['strict_json_output', 'true'],
    ['json_indent', '0'],
    ['rows_per_resultset', '0'],
    ['autocommit', 'true'],
    ['abort_detached_query', 'true'],
    ['transaction_abort_on_error', 'false'],
    ['error_on_nondeterministic_merge', 'true'],
    ['error_on_nondeterministic_update', 'true'],
    ['binary_output_format', "'HEX'"],
    ['statement_timeout_in_seconds', String(statementTimeoutSeconds)],
    ['lock_timeout', String(lockTimeoutSeconds)],
  ]
}
