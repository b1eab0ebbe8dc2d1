export type ReservingEngine = 'BigQuery' | 'Snowflake' | 'DuckDB'

/** The engines that reserve a name, so that it cannot stand for a column, alias or CTE without quotes. */
export function reservedIn(name: string): readonly ReservingEngine[] {
  const word = name.toLowerCase()
  return reserved.filter(([, words]) => words.has(word)).map(([engine]) => engine)
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#reserved_keywords (QUALIFY is on the page's later editions). */
const bigquery = words(`
  all and any array as asc assert_rows_modified at between by case cast collate contains create cross cube current
  default define desc distinct else end enum escape except exclude exists extract false fetch following for from full
  group grouping groups hash having if ignore in inner intersect interval into is join lateral left like limit lookup
  merge natural new no not null nulls of on or order outer over partition preceding proto qualify range recursive respect
  right rollup rows select set some struct tablesample then to treat true unbounded union unnest using when where window
  with within
`)

/**
 * https://docs.snowflake.com/en/sql-reference/reserved-keywords, without the words that are only limited in SHOW (account, connection,
 * database, gscluster, issue, organization, schema, view): they name columns and aliases like any other.
 */
const snowflake = words(`
  all alter and any as asc between by case cast check column connect constraint create cross current current_date current_time
  current_timestamp current_user delete desc distinct drop else exists false following for from full grant group having ilike
  in increment inner insert intersect into is join lateral left like localtime localtimestamp minus natural not null of
  on or order outer qualify regexp revoke right rlike row rows sample select set some start table tablesample then to trigger true
  try_cast union unique update using values when whenever where with
`)

/** duckdb_keywords() of DuckDB 1.5: the categories `reserved` and `type_function`. */
const duckdb = words(`
  all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default
  deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect
  into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary
  qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot
  using variadic when where window with
  anti asof at authorization binary by collation columns concurrently cross freeze full generated glob ilike inner is
  isnull join left like map natural notnull outer overlaps positional right semi similar struct tablesample try_cast
  unpack verbose
`)

const reserved: readonly (readonly [ReservingEngine, ReadonlySet<string>])[] = [
  ['BigQuery', bigquery],
  ['Snowflake', snowflake],
  ['DuckDB', duckdb],
]
