import { z } from 'zod'
import { engineSections, sourcesDescription } from './engine-schema.ts'

/**
 * The config's JSON Schema, for editors: what a person may write, before any value is parsed.
 * Draft 7, which the editors' YAML language servers know best.
 */
export function configJsonSchema(
  sections: Readonly<Record<string, z.ZodType>>,
  sources: Readonly<Record<string, z.ZodType>>,
): object {
  const whole = z.strictObject({
    ...engineSections,
    sources: z
      .strictObject(mapValues(sources, settings => mayBeEmpty(settings).optional()))
      .optional()
      .describe(sourcesDescription),
    ...mapValues(sections, schema => schema.optional()),
  })
  const schema = z.toJSONSchema(whole, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => {
      // Comes by again for each wrapper of a schema (optional, default), and for the names of a record, which hold no variables.
      const isOpen = path.at(-1) === 'propertyNames' || jsonSchema.pattern?.endsWith(variable)
      if (jsonSchema.type === 'string' && jsonSchema.pattern !== undefined && !isOpen) jsonSchema.pattern += variable
    },
  })
  return { ...schema, title: 'warehouse.config.yaml' }
}

/** Editors see `${NAME}` where the loader sees the variable's value, of whatever pattern. */
const variable = '|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}'

/** A system that needs no settings is switched on by its name alone, which YAML reads as null. */
function mayBeEmpty(settings: z.ZodType): z.ZodType {
  return settings.safeParse({}).success ? settings.nullable() : settings
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]))
}
