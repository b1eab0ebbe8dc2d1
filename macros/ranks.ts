import { identifier, macro, sql } from 'throughline'

/**
 * The group's value at a percentile by nearest rank: the least value that at least `percent` in a hundred of the values are not above. It is one
 * of the values, never between two, and of their type. `rank` is the place of each value in rising order, from 1: equal values have places one after
 * another (row_number), or share the first of them (rank). `count` is how many values there are, the same in every row. NULL values, which stand after
 * the others or have no place, have no part; NULL where none remains.
 */
export const nearestRank = macro({
  takes: ['integer', 'integer', 'integer', 'integer'],
  gives: 'integer',
  over: 'group',
  examples: [
    { rows: { x: [10, 20], n: [1, 2] }, given: [identifier('x'), identifier('n'), 2, 50], gives: 10 },
    { rows: { x: [10, 20, 30], n: [1, 2, 3] }, given: [identifier('x'), identifier('n'), 3, 50], gives: 20 },
    { rows: { x: [30, 10, 20], n: [3, 1, 2] }, given: [identifier('x'), identifier('n'), 3, 90], gives: 30 },
    {
      rows: { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], n: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
      given: [identifier('x'), identifier('n'), 10, 90],
      gives: 9,
    },
    {
      rows: { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], n: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
      given: [identifier('x'), identifier('n'), 11, 90],
      gives: 10,
    },
    { rows: { x: [5, 5, 9, 9], n: [1, 2, 3, 4] }, given: [identifier('x'), identifier('n'), 4, 50], gives: 5 },
    { rows: { x: [5, 5, 9, 9], n: [1, 1, 3, 3] }, given: [identifier('x'), identifier('n'), 4, 50], gives: 5 },
    { rows: { x: [5, 9, 9, 9], n: [1, 2, 2, 2] }, given: [identifier('x'), identifier('n'), 4, 50], gives: 9 },
    { rows: { x: [null, 4, 4], n: [null, 1, 1] }, given: [identifier('x'), identifier('n'), 2, 90], gives: 4 },
    { rows: { x: [7, null, null], n: [1, 2, 3] }, given: [identifier('x'), identifier('n'), 1, 90], gives: 7 },
    { rows: { x: [null], n: [1] }, given: [identifier('x'), identifier('n'), 0, 50], gives: null },
    { rows: { x: [], n: [] }, given: [identifier('x'), identifier('n'), 0, 50], gives: null },
  ],
  as: (value, rank, count, percent) =>
    // So many are less than it: the greatest of those values that fewer than `percent` in a hundred are less than.
    sql`max(case when 100 * (${rank} - 1) < ${percent} * ${count} then ${value} end)`,
})
