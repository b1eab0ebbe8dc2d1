import { z } from 'zod'

const secretTexts = z.registry<{ readonly isSecret: true }>()

/** Text that must never be printed, however wrong the config is that it stands in. */
export function secretText(): z.ZodString {
  return z.string().min(1).register(secretTexts, { isSecret: true })
}

/** Whether a value of this schema is a secret. */
export function isSecretText(schema: z.core.$ZodType): boolean {
  return secretTexts.has(unwrapped(schema))
}

/** The keys that a map of this schema may have, with their schemas; of several forms, those of all. None where it is no map of such keys. */
export function keysOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodObject) return inner.shape
  if (inner instanceof z.ZodUnion) return Object.assign({}, ...inner.options.map(keysOf))
  return {}
}

/** The schema without what says that it may be absent. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap())
  return schema
}
