import { definition, identifierName, z } from 'throughline'
import { matchKeys, matchOf } from '../../macros/match'

const repeated = z.strictObject({
  ...matchKeys,
  at_least: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe('So many of the events: 2 is reached with the second. Events of one order count once.'),
})

const stage = z
  .union([matchKeys.event.transform(event => ({ event, where: undefined, at_least: 1 })), repeated])
  .transform(({ at_least, ...match }) => ({ match: matchOf(match), atLeast: at_least }))
  .describe('The events that bring somebody here: one, a list, or { event, where, at_least }.')

/** Stages as parsed, in order. */
export type Stages = Readonly<Record<string, z.output<typeof stage>>>

export const stages = definition(
  'stages',
  z
    .record(identifierName(), stage)
    .refine(given => Object.keys(given).length <= 20, 'at most 20 stages')
    .prefault({})
    .describe('How far somebody has come with us, stage by stage, in order: a person is in the furthest reached.'),
)
