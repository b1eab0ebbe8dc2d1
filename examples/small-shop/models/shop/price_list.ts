import { integer, key, model, sql } from 'throughline'
import { edition } from '../../seeds/edition'
import { lamps } from '../../seeds/lamps'

export const price_list = model({
  description: 'One row per pair of lamps: what both cost together. All rows are of one edition.',
  grain: ['lamp', 'other_lamp'],
  columns: {
    lamp: key('The one'),
    other_lamp: key('The other'),
    price: integer('In euro, dearer by one with every edition'),
    edition: integer('Of the price list'),
  },
  materialize: { kind: 'table' },
  query: () => sql`
    select a.lamp, b.lamp as other_lamp, a.price + b.price + e.edition as price, e.edition
    from ${lamps} as a
    cross join ${lamps} as b
    cross join ${edition} as e
  `,
})
