import { definition, identifierName, z } from 'throughline'

const names = z
  .record(z.string().min(1), identifierName())
  .describe("One system's names on the left, ours on the right: the thing, then what happened to it, as order_placed.")

/** The company's own names for what happens, whatever each system calls it. */
export const events = definition(
  'events',
  z
    .object({
      keep_unmapped: z
        .boolean()
        .default(true)
        .describe('true: events without a name of ours keep their own. false: they are left out.'),
    })
    .catchall(names)
    .transform(({ keep_unmapped, ...systems }) => ({ keep_unmapped, systems: systems as Systems }))
    .prefault({})
    .describe("The company's own names for what happens, by system."),
)

type Systems = Readonly<Record<string, Readonly<Record<string, string>>>>
