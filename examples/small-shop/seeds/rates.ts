import { key, number, seed } from 'throughline'

export const rates = seed({
  description: 'One row per currency.',
  grain: ['currency'],
  columns: { currency: key('The currency'), to_euro: number('What one is in euro') },
  file: 'rates.csv',
})
