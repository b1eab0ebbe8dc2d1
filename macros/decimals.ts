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
