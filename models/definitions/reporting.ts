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
        .describe('The currency of all revenue. Amounts in another one are kept, and are no revenue.'),
    })
    .prefault({})
    .describe('How numbers are reported: the clock, the calendar and the currency.'),
)
