import { definition, timezone, z } from 'throughline'

export const reporting = definition(
  'reporting',
  z
    .strictObject({
      timezone: timezone().default('UTC').describe('Days, weeks and months are those of this zone.'),
      week_starts_on: z.enum(['monday', 'sunday']).default('monday').describe('The first day of a week.'),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'three capital letters, like EUR, USD or GBP')
        .default('EUR')
        .describe(
          'The currency of all revenue. Amounts in another one are kept, and are revenue at the rate that seeds/exchange_rates.csv has for their day.',
        ),
      revenue: z
        .strictObject({
          tax: z.enum(['included', 'excluded']).default('included').describe('Whether tax is revenue.'),
          shipping: z
            .enum(['included', 'excluded'])
            .default('included')
            .describe('Whether what customers pay for shipping is revenue.'),
        })
        .prefault({})
        .describe(
          'What of an order is revenue, where a shop tells its parts; what an event alone tells is taken as it is.',
        ),
    })
    .prefault({})
    .describe('How numbers are reported: the clock, the calendar and the currency.'),
)
