import { definition, duration, identifierName, rate, z } from 'throughline'

/** What a transition begins or ends with where that is no touchpoint. */
const outcomes: readonly string[] = ['(start)', '(converted)', '(open)', '(lost)']

const skip = z
  .array(z.string().min(1))
  .default([])
  .describe('Channels that get no credit, unless there are no others: [Direct].')

const first = z.strictObject({ credit: z.literal('first').describe('All to the first touch.'), skip })
const last = z.strictObject({ credit: z.literal('last').describe('All to the last touch.'), skip })
const linear = z.strictObject({ credit: z.literal('linear').describe('The same to each touch.'), skip })
const position = z
  .strictObject({
    credit: z.literal('position').describe('Shares to the first and the last touch; the others share the rest.'),
    first: rate()
      .default(0.4)
      .describe('The share of the first touch. Of two touches, first and last have it all in this proportion.'),
    last: rate().default(0.4).describe('The share of the last touch.'),
    skip,
  })
  .refine(
    ({ first, last }) => first + last > 0 && first + last <= 1,
    'first and last together are more than 0 and at most 1',
  )
const timeDecay = z.strictObject({
  credit: z.literal('time_decay').describe('The later the touch, the more.'),
  half_life: duration().prefault('7 days').describe('So much earlier, and a touch gets half as much.'),
  skip,
})

const creditRule = z.discriminatedUnion('credit', [first, last, linear, position, timeDecay])

/** How one attribution model shares a conversion among its touches. */
export type CreditRule = z.output<typeof creditRule>

export const attribution = definition(
  'attribution',
  z
    .strictObject({
      lookback: duration().prefault('30 days').describe('Touches so long before a conversion have a part in it.'),
      touchpoints: z
        .array(
          z
            .string()
            .min(1)
            .refine(
              name => !outcomes.includes(name),
              `${outcomes.join(', ')} are ends of journeys, and cannot be events`,
            ),
        )
        .min(1)
        .default(['session_started'])
        .describe('Events that are touchpoints, in our own words; session_started is the beginning of each session.'),
      models: z
        .record(identifierName(), creditRule)
        .prefault({
          first: { credit: 'first' },
          last: { credit: 'last' },
          last_non_direct: { credit: 'last', skip: ['Direct'] },
          linear: { credit: 'linear' },
          u_shaped: { credit: 'position' },
          decay: { credit: 'time_decay' },
        })
        .refine(models => Object.keys(models).length > 0, 'at least one model')
        .describe('Ways of sharing the credit, side by side, by name.'),
      compare_to: identifierName()
        .optional()
        .describe('The model that the others are held against; left out: the first of them.'),
    })
    .superRefine(({ models, compare_to }, context) => {
      if (compare_to === undefined || compare_to in models) return
      const names = Object.keys(models).join(', ')
      context.addIssue({
        code: 'custom',
        path: ['compare_to'],
        message: `there is no model ${compare_to}; the models are ${names}`,
      })
    })
    .prefault({})
    .describe('Who gets the credit for a conversion.'),
)
