import { definition, identifierName, z } from 'throughline'
import { matchKeys, matchOf } from '../../macros/match'

const conversion = z
  .strictObject({
    ...matchKeys,
    value: z
      .union([z.literal('revenue'), z.number().min(0).max(1e15)])
      .optional()
      .describe('revenue: what the event brought. A number: what we hold each to be worth. Left out: nothing.'),
    micro: z.boolean().default(false).describe('A small yes on the way, rather than the aim.'),
    counts: z
      .enum(['every', 'once_per_session', 'once_per_person'])
      .default('every')
      .describe('Which of them count: each, or the earliest of each session or person.'),
  })
  .transform(({ value, micro, counts, ...match }) => ({ match: matchOf(match), value, micro, counts }))

export const conversions = definition(
  'conversions',
  z
    .record(identifierName(), conversion)
    .refine(given => Object.keys(given).length > 0, 'at least one conversion')
    .prefault({ purchase: { event: 'order_placed', value: 'revenue' } })
    .describe('What we want people to do, by name.'),
)
