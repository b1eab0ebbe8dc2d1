import { definition, z } from 'throughline'
import { whereSchema } from '../../macros/match'

const anyOf = z.array(whereSchema).describe('Each a set of conditions that all hold; one set is enough.')

export const traffic = definition(
  'traffic',
  z
    .strictObject({
      bots: anyOf
        .prefault([{ browser: ['*Headless*', '*Bot*', '*bot*', '*Crawler*', '*crawler*', '*Spider*', '*spider*'] }])
        .describe('Events of machines: kept, and no action of a customer.'),
      tests: anyOf
        .prefault([])
        .describe(
          'Events that we made ourselves to try something, besides those of which a system says so: kept, and counted nowhere.',
        ),
    })
    .prefault({})
    .describe('Whose events are not those of customers.'),
)
