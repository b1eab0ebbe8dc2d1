import { identifier, macro, sql, type } from 'throughline'

/** Whether the condition holds in any row of the group. NULLs are left out; NULL where nothing remains. */
export const anyTrue = macro({
  takes: ['boolean'],
  gives: 'boolean',
  over: 'group',
  examples: [
    { rows: { x: [false, true] }, given: [identifier('x')], gives: true },
    { rows: { x: [false, false] }, given: [identifier('x')], gives: false },
    { rows: { x: [null, false] }, given: [identifier('x')], gives: false },
    { rows: { x: [null, true] }, given: [identifier('x')], gives: true },
    { rows: { x: [null, null] }, given: [identifier('x')], gives: null },
    { rows: { x: [] }, given: [identifier('x')], gives: null },
  ],
  as: condition => ({
    duckdb: sql`bool_or(${condition})`,
    bigquery: sql`logical_or(${condition})`,
    snowflake: sql`boolor_agg(${condition})`,
  }),
})

/** Whether the condition holds in every row of the group. NULLs are left out; NULL where nothing remains. */
export const everyTrue = macro({
  takes: ['boolean'],
  gives: 'boolean',
  over: 'group',
  examples: [
    { rows: { x: [true, true] }, given: [identifier('x')], gives: true },
    { rows: { x: [false, true] }, given: [identifier('x')], gives: false },
    { rows: { x: [null, true] }, given: [identifier('x')], gives: true },
    { rows: { x: [null, false] }, given: [identifier('x')], gives: false },
    { rows: { x: [null, null] }, given: [identifier('x')], gives: null },
    { rows: { x: [] }, given: [identifier('x')], gives: null },
  ],
  as: condition => ({
    duckdb: sql`bool_and(${condition})`,
    bigquery: sql`logical_and(${condition})`,
    snowflake: sql`booland_agg(${condition})`,
  }),
})

/** The mean of the group's numbers, as a real. NULLs are left out; NULL where nothing remains. */
export const mean = macro({
  takes: ['real'],
  gives: 'real',
  over: 'group',
  examples: [
    { rows: { x: [1, 2] }, given: [identifier('x')], gives: 1.5 },
    { rows: { x: [1, 1, 2] }, given: [identifier('x')], gives: 1.33333333333333 },
    { rows: { x: [-4, null, 2] }, given: [identifier('x')], gives: -1 },
    { rows: { x: [null] }, given: [identifier('x')], gives: null },
    { rows: { x: [] }, given: [identifier('x')], gives: null },
  ],
  as: number => sql`avg(cast(${number} as ${type.real}))`,
})

/**
 * The group's texts in rising order of `order`, with `separator` (a literal) between. NULL texts are left out; NULL where none remains.
 * `order` is never NULL and never the same for two rows, or the engines may disagree on the order.
 */
export const joinedText = macro({
  takes: ['text', 'text', 'integer'],
  gives: 'text',
  over: 'group',
  examples: [
    {
      rows: { x: ['b', 'a', 'c'], n: [2, 1, 3] },
      given: [identifier('x'), ' > ', identifier('n')],
      gives: 'a > b > c',
    },
    { rows: { x: ['only'], n: [1] }, given: [identifier('x'), ' > ', identifier('n')], gives: 'only' },
    { rows: { x: ['a', null, 'c'], n: [1, 2, 3] }, given: [identifier('x'), ', ', identifier('n')], gives: 'a, c' },
    { rows: { x: ['', 'a'], n: [1, 2] }, given: [identifier('x'), ',', identifier('n')], gives: ',a' },
    { rows: { x: ['', null], n: [1, 2] }, given: [identifier('x'), ',', identifier('n')], gives: '' },
    {
      rows: { x: ["it's", '🙂', 'back\\slash'], n: [10, 9, -1] },
      given: [identifier('x'), "'|\\", identifier('n')],
      gives: "back\\slash'|\\🙂'|\\it's",
    },
    { rows: { x: ['a', 'a'], n: [1, 2] }, given: [identifier('x'), '', identifier('n')], gives: 'aa' },
    { rows: { x: [null], n: [1] }, given: [identifier('x'), ', ', identifier('n')], gives: null },
    { rows: { x: [], n: [] }, given: [identifier('x'), ', ', identifier('n')], gives: null },
  ],
  as: (text, separator, order) => ({
    duckdb: sql`string_agg(${text}, ${separator} order by ${order})`,
    bigquery: sql`string_agg(${text}, ${separator} order by ${order})`,
    snowflake: sql`(case when count(${text}) > 0 then listagg(${text}, ${separator}) within group (order by ${order}) end)`,
  }),
})

/**
 * The text that stands beside the group's earliest instant, of several the least text. Rows in which either is NULL are left out; NULL where
 * nothing remains.
 */
export const earliestText = macro({
  takes: ['text', 'timestamp'],
  gives: 'text',
  over: 'group',
  examples: [
    {
      rows: { x: ['a', 'c', 'b'], t: ['2026-03-02 10:00:00', '2026-03-01 10:00:00', '2026-03-01 10:00:00.000001'] },
      given: [identifier('x'), identifier('t')],
      gives: 'c',
    },
    {
      rows: { x: ['b', 'a', 'A'], t: ['2026-03-01 10:00:00', '2026-03-01 10:00:00', '2026-03-01 10:00:01'] },
      given: [identifier('x'), identifier('t')],
      gives: 'a',
    },
    {
      rows: { x: [null, 'b', 'c'], t: ['2026-03-01 10:00:00', '2026-03-03 10:00:00', null] },
      given: [identifier('x'), identifier('t')],
      gives: 'b',
    },
    { rows: { x: ['a'], t: [null] }, given: [identifier('x'), identifier('t')], gives: null },
    { rows: { x: [], t: [] }, given: [identifier('x'), identifier('t')], gives: null },
  ],
  as: (text, instant) => ({
    duckdb: sql`arg_min(case when ${instant} is not null then ${text} end, row(${instant}, ${text}))`,
    bigquery: sql`array_agg(case when ${instant} is not null then ${text} end ignore nulls order by ${instant}, ${text} limit 1)[safe_offset(0)]`,
    // Ties are broken by no second column there: the instant, to the microsecond and of one length, and the text are one.
    snowflake: sql`min_by(case when ${instant} is not null then ${text} end, to_char(${instant}, 'YYYY-MM-DD HH24:MI:SS.FF6') || ${text})`,
  }),
})
