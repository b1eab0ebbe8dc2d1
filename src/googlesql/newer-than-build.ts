/** Functions that BigQuery has and the service's build, of early 2024, does not: https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-all */
const functions = new Set([
  'bag_of_words',
  'collate',
  'contains_substr',
  'gap_fill',
  'json_flatten',
  'json_keys',
  'lax_bool_array',
  'lax_double_array',
  'lax_int64_array',
  'lax_string_array',
  'max_by',
  'min_by',
  'range_sessionize',
  'search',
  'text_analyze',
  'tf_idf',
  'vector_search',
])

/** Whether the analyzer refuses only what it is too old to know: that is not verified, and nobody may call it wrong. */
export function isNewerThanBuild(message: string): boolean {
  const [, name] = /^(?:Function|Table-valued function) not found: `?(\w+)`?/.exec(message) ?? []
  if (name !== undefined) return functions.has(name.toLowerCase())
  // GROUPING in rollups, and expressions that GROUP BY repeats, are resolved in BigQuery; this build loses its own columns over them.
  return message.startsWith('Failed to find column: $grouping_call')
}
