import { integer, key, seed } from 'throughline'

export const lamps = seed({
  description: 'One row per lamp.',
  grain: ['lamp'],
  columns: { lamp: key('The lamp'), price: integer('In euro').atLeast(1) },
  file: 'lamps.csv',
})
