import { definition, identifierName, z } from 'throughline'
import { stockKinds } from '../../macros/identifier-kinds'
import { phoneCountryCodes } from '../../macros/phone-countries'

/** What trackers write where nobody is known; the numbers are what telephone networks show for ANONYMOUS, RESTRICTED and UNAVAILABLE, spelled on a keypad. */
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
  '+266696687',
  '+7378742833',
  '+86282452253',
]

/** Devices, browsers, shared mailboxes and office telephones, and an order number that is none. */
const defaultLimits = [
  ...(['device_id', 'cookie_id', 'phone', 'order_id'] as const).flatMap(for_one => [
    { for_one, at_most: 3, of: 'user_id' },
    { for_one, at_most: 3, of: 'email' },
  ]),
  { for_one: 'email', at_most: 3, of: 'user_id' },
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

/** `{ user_id: A }` */
const named = z
  .record(identifierName(), z.union([z.string().trim().min(1), z.int().transform(String)]))
  .refine(given => Object.keys(given).length === 1, 'one identifier, as { user_id: A17 }')
  .transform(given => {
    const [kind, value] = Object.entries(given)[0]!
    return { kind, value }
  })

const together = z.array(named).min(2, 'two identifiers or more, as [{ user_id: A17 }, { user_id: A18 }]')

const kindsThatLink = z.union([z.literal('all'), z.array(z.tuple([identifierName(), identifierName()]))])

export const identity = definition(
  'identity',
  z
    .strictObject({
      strength: z
        .array(identifierName())
        .refine(kinds => new Set(kinds).size === kinds.length, 'each kind once')
        .default([...stockKinds])
        .describe(
          'Kinds of identifier, the strongest first: it names the person. Kinds not listed come last; a kind of your own that other rules here name must be listed.',
        ),
      one_person_per: identifierName()
        .default('user_id')
        .describe(
          'Each identifier of this kind is a person of its own, and all others join the nearest; none: whatever links connect is one person.',
        ),
      links: kindsThatLink
        .default('all')
        .describe('Which kinds may link with one another: all, or pairs, as [[user_id, email], [user_id, cookie_id]].'),
      limits: z
        .array(limit)
        .default(defaultLimits)
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
      phone_country: z
        .enum(phoneCountryCodes)
        .optional()
        .describe(
          'The country of telephone numbers without + or 00, as DE; left out, they are no telephone numbers, and link nobody.',
        ),
      merge: z
        .array(together)
        .default([])
        .describe('Identifiers that are one person, because we say so: [[{ user_id: A17 }, { user_id: A18 }]].'),
      keep_apart: z
        .array(together)
        .default([])
        .describe(
          'Identifiers whose links never hold, because we say so: [[{ email: info@acme.example }, { user_id: A17 }]].',
        ),
    })
    .prefault({})
    .describe('How identifiers make people.'),
)
