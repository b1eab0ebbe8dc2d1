/** The service's language options: everything that its build knows, less what BigQuery does not have. */
export interface LanguageOptions {
  enabled_language_features: readonly string[]
  product_mode: string
  supported_statement_kinds: readonly string[]
  reserved_keywords: readonly string[]
}

/** In development when the service was built, and in BigQuery since. */
const added = [
  'FEATURE_ALTER_COLUMN_SET_DATA_TYPE',
  'FEATURE_CREATE_SNAPSHOT_TABLE',
  'FEATURE_CREATE_TABLE_CLONE',
  'FEATURE_CREATE_TABLE_COPY',
  'FEATURE_CREATE_VIEWS_WITH_COLUMN_OPTIONS',
  'FEATURE_INTERVAL_TYPE',
  'FEATURE_INVERSE_TRIG_FUNCTIONS',
  'FEATURE_V_1_4_GROUPING_BUILTIN',
  'FEATURE_V_1_4_GROUPING_SETS',
  'FEATURE_V_1_4_LIKE_ANY_SOME_ALL_ARRAY',
]

/** BigQuery orders by no array, and its instants have microseconds. */
const removed = new Set(['FEATURE_V_1_3_ARRAY_ORDERING', 'FEATURE_TIMESTAMP_NANOS'])

/** BigQuery's GoogleSQL, from the options of everything that the service knows. */
export function bigQueryLanguage(everything: LanguageOptions): LanguageOptions {
  const features = new Set([...everything.enabled_language_features, ...added])
  return {
    ...everything,
    enabled_language_features: [...features].filter(feature => !removed.has(feature)),
    product_mode: 'PRODUCT_EXTERNAL',
    // None named: all of them.
    supported_statement_kinds: [],
    reserved_keywords: ['QUALIFY'],
  }
}

/** Rewrites that the evaluator needs before it can run a statement. */
export const rewrites = [
  'REWRITE_ARRAY_FILTER_TRANSFORM',
  'REWRITE_ARRAY_INCLUDES',
  'REWRITE_FLATTEN',
  'REWRITE_INLINE_SQL_FUNCTIONS',
  'REWRITE_LIKE_ANY_ALL',
  'REWRITE_PIVOT',
  'REWRITE_TYPEOF_FUNCTION',
  'REWRITE_UNPIVOT',
]
