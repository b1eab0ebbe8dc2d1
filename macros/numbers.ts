import { macro, sql, type } from 'throughline'

/** `a` divided by `b`, as a real. NULL where `b` is 0 or either is NULL. */
export const ratio = macro({
  takes: ['real', 'real'],
  gives: 'real',
  examples: [
    { given: [1, 4], gives: 0.25 },
    { given: [1, 3], gives: 0.333333333333333 },
    { given: [-7, 2], gives: -3.5 },
    { given: [0, 5], gives: 0 },
    { given: [5, 0], gives: null },
    { given: [0, 0], gives: null },
    { given: [null, 2], gives: null },
    { given: [2, null], gives: null },
  ],
  as: (a, b) => sql`(cast(${a} as ${type.real}) / nullif(cast(${b} as ${type.real}), 0))`,
})

/**
 * `a` divided by `b`, integers, truncated toward zero: -7 by 2 is -3. NULL where `b` is 0 or either is NULL.
 * On Snowflake the remainder goes first, for its division rounds to six digits and would round 1.9999999 up.
 */
export const quotient = macro({
  takes: ['integer', 'integer'],
  gives: 'integer',
  examples: [
    { given: [7, 2], gives: 3 },
    { given: [-7, 2], gives: -3 },
    { given: [7, -2], gives: -3 },
    { given: [-7, -2], gives: 3 },
    { given: [1_999_999_999, 1_000_000_000], gives: 1 },
    { given: [9_007_199_254_740_993n, 1], gives: 9_007_199_254_740_993n },
    { given: [0, 5], gives: 0 },
    { given: [5, 0], gives: null },
    { given: [null, 2], gives: null },
    { given: [2, null], gives: null },
  ],
  as: (a, b) => ({
    duckdb: sql`((${a}) // (${b}))`,
    bigquery: sql`div(${a}, nullif(${b}, 0))`,
    snowflake: sql`cast(((${a}) - mod(${a}, nullif(${b}, 0))) / nullif(${b}, 0) as ${type.integer})`,
  }),
})

/** What is left of `a` after division by `b`, with the sign of `a`: -7 by 2 leaves -1. NULL where `b` is 0 or either is NULL. */
export const remainder = macro({
  takes: ['integer', 'integer'],
  gives: 'integer',
  examples: [
    { given: [7, 2], gives: 1 },
    { given: [-7, 2], gives: -1 },
    { given: [7, -2], gives: 1 },
    { given: [6, 3], gives: 0 },
    { given: [5, 0], gives: null },
    { given: [null, 2], gives: null },
    { given: [2, null], gives: null },
  ],
  as: (a, b) => sql`mod(${a}, nullif(${b}, 0))`,
})

/**
 * A decimal rounded to `digits` after the point (a literal from 0 to 9), halves away from zero: 2.345 to 2.35, -2.5 to -3.
 * NULL for NULL.
 */
export const rounded = macro({
  takes: ['number', 'integer'],
  gives: 'number',
  literals: [1],
  examples: [
    { given: ['2.345', 2], gives: '2.35' },
    { given: ['2.344999999', 2], gives: '2.34' },
    { given: ['2.5', 0], gives: '3' },
    { given: ['-2.5', 0], gives: '-3' },
    { given: ['-0.005', 2], gives: '-0.01' },
    { given: ['12.5', 9], gives: '12.5' },
    { given: ['0', 2], gives: '0' },
    { given: [null, 2], gives: null },
  ],
  as: (number, digits) => sql`cast(round(cast(${number} as ${type.number}), ${digits}) as ${type.number})`,
})

/**
 * The product of two decimals, rounded to nine digits after the point, halves away from zero. NULL if either is NULL. Meant for money by
 * a rate: a product of 10^20 or more is DuckDB's error. Snowflake rounds to twelve digits before nine, which is the same where the two have twelve
 * digits after the point together, as cents by a rate of up to ten digits have.
 */
export const timesDecimal = macro({
  takes: ['number', 'number'],
  gives: 'number',
  examples: [
    { given: ['12.50', '1.084'], gives: '13.55' },
    { given: ['-19.99', '0.5'], gives: '-9.995' },
    { given: ['0.000000001', '0.5'], gives: '0.000000001' },
    { given: ['-0.000000001', '0.5'], gives: '-0.000000001' },
    { given: ['0.000000001', '0.4'], gives: '0' },
    { given: ['123456789012.12', '1000'], gives: '123456789012120' },
    { given: ['5', '0'], gives: '0' },
    { given: [null, '2'], gives: null },
    { given: ['2', null], gives: null },
  ],
  as: (a, b) => sql`cast(cast(${a} as ${type.number}) * cast(${b} as ${type.number}) as ${type.number})`,
})

/** 2 to the power of `exponent`. NULL for NULL. */
export const powerOfTwo = macro({
  takes: ['real'],
  gives: 'real',
  examples: [
    { given: [0], gives: 1 },
    { given: [3], gives: 8 },
    { given: [-1], gives: 0.5 },
    { given: [1.5], gives: 2.82842712474619 },
    { given: [null], gives: null },
  ],
  as: exponent => sql`power(cast(2 as ${type.real}), cast(${exponent} as ${type.real}))`,
})

/** A decimal or integer as a real, the nearest there is. NULL for NULL. */
export const toReal = macro({
  takes: ['number'],
  gives: 'real',
  examples: [
    { given: ['12.5'], gives: 12.5 },
    { given: ['-0.1'], gives: -0.1 },
    { given: ['0'], gives: 0 },
    { given: [null], gives: null },
  ],
  as: number => sql`cast(${number} as ${type.real})`,
})
