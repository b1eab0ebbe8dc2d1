import { definition, duration, identifierName, z } from 'throughline'
import { matchSchema } from '../../macros/match'

const step = z
  .record(identifierName(), matchSchema)
  .refine(
    given => Object.keys(given).length === 1,
    'a step is one name and what it matches, like viewed: product_viewed',
  )
  .transform(given => {
    const [name, match] = Object.entries(given)[0]!
    return { name, match }
  })

const funnel = z.strictObject({
  window: duration().prefault('7 days').describe('From the first step to the last at most so long.'),
  by: z.enum(['person', 'session']).default('person').describe('One attempt of each person, or of each session.'),
  steps: z
    .array(step)
    .min(2)
    .max(20)
    .refine(steps => new Set(steps.map(({ name }) => name)).size === steps.length, 'each step has a name of its own')
    .describe('In order; each a name and the events that are it.'),
})

/** One funnel as parsed. */
export type Funnel = z.output<typeof funnel>

export const funnels = definition(
  'funnels',
  z
    .record(identifierName(), funnel)
    .prefault({
      checkout: {
        steps: [
          { viewed: 'product_viewed' },
          { added: 'cart_added' },
          { checkout: 'checkout_started' },
          { bought: 'order_placed' },
        ],
      },
    })
    .describe('Ways through the shop, step by step, by name.'),
)
