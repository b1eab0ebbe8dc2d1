import { integer, seed } from 'throughline'

export const edition = seed({
  description: 'One row: which edition of the price list holds.',
  grain: ['edition'],
  columns: { edition: integer('Counted from 1').atLeast(1) },
  file: 'edition.csv',
})
