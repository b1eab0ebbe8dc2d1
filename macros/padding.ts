import { macro, sql, type } from 'throughline'

/**
 * A whole number of 0 or more in so many digits (a literal), with zeros before it: texts of one length are in the order of their numbers. Of
 * a number with more digits the first are kept. NULL for NULL.
 */
export const zeroPadded = macro({
  takes: ['integer', 'integer'],
  gives: 'text',
  literals: [1],
  examples: [
    { given: [7, 3], gives: '007' },
    { given: [0, 2], gives: '00' },
    { given: [999, 3], gives: '999' },
    { given: [1_720_612_345_678, 14], gives: '01720612345678' },
    { given: [1234, 3], gives: '123' },
    { given: [null, 3], gives: null },
  ],
  as: (number, digits) => sql`lpad(cast(${number} as ${type.text}), ${digits}, '0')`,
})
