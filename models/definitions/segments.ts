import { definition, key, rows, z } from 'throughline'

/** What sessions can be told apart by. */
export const segmentNames = [
  'channel',
  'device_category',
  'operating_system',
  'browser',
  'country',
  'region',
  'platform',
  'stage',
] as const

export const segments = definition(
  'segments',
  z
    .array(z.enum(segmentNames))
    .default(['channel', 'device_category'])
    .refine(names => new Set(names).size === names.length, 'each segment once')
    .describe(
      'Every number is told for all, and for each value of these; read from the session. stage: the furthest that the person had come to when it began.',
    ),
)

/** A row per segment, `(all)` the first of them, to cross with what is told for each. */
export const segmentRows = (declared: readonly string[]) =>
  rows(
    { segment: key('Segment') },
    ['(all)', ...declared].map(segment => ({ segment })),
  )
