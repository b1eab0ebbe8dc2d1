import type { z } from 'zod'

/**
 * A section of `warehouse.config.yaml`, declared beside the models that use it: its key and its zod schema. Where the schema has a
 * default, the section may be left out. A model lists it in `uses` and its `query` receives the parsed, typed value.
 */
export interface Definition<T = unknown> {
  readonly kind: 'definition'
  readonly section: string
  readonly schema: z.ZodType<T>
}

export function definition<T>(section: string, schema: z.ZodType<T>): Definition<T> {
  return { kind: 'definition', section, schema }
}
