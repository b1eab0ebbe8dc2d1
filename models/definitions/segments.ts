import { definition, z } from 'throughline'

export const segments = definition(
  'segments',
  z
    .array(z.enum(['channel', 'device_category', 'country', 'platform']))
    .default(['channel', 'device_category'])
    .refine(names => new Set(names).size === names.length, 'each segment once')
    .describe('Every number is told for all, and for each value of these; read from the session.'),
)
