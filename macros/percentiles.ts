import { identifier, macro, type SqlPart, sql } from 'throughline'

/**
 * The group's value at 50 percent by nearest rank: the least value that at least half of the values are not above. It is one of the values, never
 * between two. NULLs are left out; NULL where none remains.
 */
export const median = macro({
  takes: ['integer'],
  gives: 'integer',
  over: 'group',
  examples: [
    { rows: { x: [20, 10] }, given: [identifier('x')], gives: 10 },
    { rows: { x: [30, 10, 20] }, given: [identifier('x')], gives: 20 },
    { rows: { x: [9, 5, 9, 5] }, given: [identifier('x')], gives: 5 },
    { rows: { x: [5, 9, 9, 9] }, given: [identifier('x')], gives: 9 },
    { rows: { x: [-3, -1, -2, -4] }, given: [identifier('x')], gives: -3 },
    { rows: { x: [4, null, null, 2, null, 8] }, given: [identifier('x')], gives: 4 },
    { rows: { x: [null, 7] }, given: [identifier('x')], gives: 7 },
    {
      rows: { x: [9007199254740993n, 9007199254740992n, 9007199254740994n] },
      given: [identifier('x')],
      gives: 9007199254740993n,
    },
    { rows: { x: [null] }, given: [identifier('x')], gives: null },
    { rows: { x: [] }, given: [identifier('x')], gives: null },
  ],
  as: value => nearestRank(value, 50),
})

/** As the median, at 90 percent. */
export const percentile90 = macro({
  takes: ['integer'],
  gives: 'integer',
  over: 'group',
  examples: [
    { rows: { x: [30, 10, 20] }, given: [identifier('x')], gives: 30 },
    { rows: { x: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] }, given: [identifier('x')], gives: 9 },
    { rows: { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }, given: [identifier('x')], gives: 10 },
    { rows: { x: [null, 4, 4, null] }, given: [identifier('x')], gives: 4 },
    { rows: { x: [null] }, given: [identifier('x')], gives: null },
    { rows: { x: [] }, given: [identifier('x')], gives: null },
  ],
  as: value => nearestRank(value, 90),
})

/** Only for percentages whose product with a whole number of rows is exact in binary where it is whole, as with 50 and 90: with 55 DuckDB is a place off. */
function nearestRank(value: SqlPart, percent: 50 | 90) {
  const fraction = sql`${percent / 100}`
  return {
    duckdb: sql`quantile_disc(${value}, ${fraction})`,
    bigquery: sql`array_agg(${value} ignore nulls order by ${value})[safe_ordinal(div(${percent} * count(${value}) + 99, 100))]`,
    // Snowflake wants a constant there, which a cast may not be.
    snowflake: sql`percentile_disc(${percent === 50 ? sql`0.5` : sql`0.9`}) within group (order by ${value})`,
  }
}
