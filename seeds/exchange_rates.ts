import { date, key, number, seed, sql } from 'throughline'

export const exchange_rates = seed({
  description:
    'One row per currency and day: what one unit of it was worth in the reporting currency. Ours is empty; put seeds/exchange_rates.csv beside your config, with the columns currency, rate_date and rate. Of a day without a row no rate is guessed: give the days on which the market is closed the rate that you want them to have.',
  grain: ['currency', 'rate_date'],
  columns: {
    currency: key('The currency, in three capital letters: CHF').matches('^[A-Z]{3}$'),
    rate_date: date('The day, in the reporting zone'),
    rate: number('The reporting currency for one unit: 1.0431, where 100 CHF are 104.31 EUR'),
  },
  tests: { always: { 'a currency is worth something': sql`rate > 0` } },
  file: 'exchange_rates.csv',
})
