import { definition, identifierName, z } from 'throughline'

/** What trackers write where nobody is known. */
const placeholders = [
  'null',
  'undefined',
  'none',
  'nil',
  'unknown',
  'anonymous',
  'guest',
  '(not set)',
  'not set',
  'n/a',
  'na',
  'nan',
  '0',
  '-',
  '00000000-0000-0000-0000-000000000000',
]

const limit = z.strictObject({
  for_one: identifierName().describe('The kind that is limited, as device_id.'),
  at_most: z.int().min(1).describe('So many of the other kind; with more it is shared and links nobody.'),
  of: identifierName().describe('The kind that is counted, as user_id.'),
})

const blocked = z
  .string()
  .trim()
  .min(1)
  .refine(pattern => /[^*]/.test(pattern), '* alone would block everybody: write a value, or a pattern like test-*')

export const identity = definition(
  'identity',
  z
    .strictObject({
      strength: z
        .array(identifierName())
        .refine(kinds => new Set(kinds).size === kinds.length, 'each kind once')
        .default(['user_id', 'email', 'phone', 'crm_id', 'device_id', 'cookie_id'])
        .describe('Kinds of identifier, the strongest first: it names the person. Kinds not listed come last.'),
      limits: z
        .array(limit)
        .default([{ for_one: 'device_id', at_most: 3, of: 'user_id' }])
        .describe('What more people use than this is shared, and says nothing about who somebody is.'),
      placeholders: z
        .array(z.string().trim().min(1))
        .default([])
        .transform(own => [...new Set([...placeholders, ...own].map(value => value.toLowerCase()))])
        .describe(
          `Values that stand for nobody, whatever the kind (and for no order), without regard to case; besides ${placeholders.join(', ')}.`,
        ),
      blocked: z
        .record(identifierName(), z.array(blocked))
        .default({})
        .describe(
          'Values, by kind, that never identify anybody: test accounts, a shared mailbox. * stands for any text.',
        ),
    })
    .prefault({})
    .describe('How identifiers make people.'),
)
