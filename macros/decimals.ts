import { macro, sql, type } from 'throughline'

/**
 * A real as a decimal, rounded to nine digits after the point, halves away from zero. NULL for NULL. A real has some 16 digits in all:
 * from a million on, the last of the nine are not exact.
 */
export const toNumber = macro({
  takes: ['real'],
  gives: 'number',
  examples: [
    { given: [0.1], gives: '0.1' },
    { given: [0.3333333333333333], gives: '0.333333333' },
    { given: [666666.6666666666], gives: '666666.666666667' },
    { given: [0.0009765625], gives: '0.000976563' },
    { given: [-0.0009765625], gives: '-0.000976563' },
    { given: [4e-10], gives: '0' },
    { given: [-12.5], gives: '-12.5' },
    { given: [1e6], gives: '1000000' },
    { given: [null], gives: null },
  ],
  as: real => sql`cast(round(cast(${real} as ${type.real}), 9) as ${type.number})`,
})

/**
 * The decimal that a text writes, with a point and at most nine digits after it: '-12.50'. NULL where it is none, and for NULL. Promised for digits with
 * a point and a sign; of what else is a number to some engine, like 1e3, nothing is promised.
 */
export const numberFromText = macro({
  takes: ['text'],
  gives: 'number',
  examples: [
    { given: ['4.90'], gives: '4.9' },
    { given: ['-12.5'], gives: '-12.5' },
    { given: ['0.000000001'], gives: '0.000000001' },
    { given: ['1000000'], gives: '1000000' },
    { given: ['4,90'], gives: null },
    { given: ['4.90 EUR'], gives: null },
    { given: ['x'], gives: null },
    { given: [''], gives: null },
    { given: [null], gives: null },
  ],
  as: text => ({
    duckdb: sql`try_cast(${text} as ${type.number})`,
    bigquery: sql`safe_cast(${text} as ${type.number})`,
    snowflake: sql`try_cast(${text} as ${type.number})`,
  }),
})
