/** As much of a JSON Schema (draft 7) as zod writes and the page reads. */
export interface Schema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
}

/** A key, by its path within the section: `limits[].for_one`, `<name>.event`. */
export interface Keyed {
  readonly path: string
  readonly schema: Schema
  readonly isRequired: boolean
}

/** The systems that may stand under `sources:`, with their settings. */
export function sourcesOf(schema: Schema): readonly (readonly [string, Schema])[] {
  return Object.entries(schema.properties?.sources?.properties ?? {})
}

/** Every key within a section, in order; those within a `where` are told once, elsewhere. */
export function keysOf(schema: Schema, prefix = ''): readonly Keyed[] {
  const within = alternativesOf(schema).flatMap((alternative): readonly Keyed[] => {
    const { items, properties, additionalProperties } = alternative
    const own = Object.entries(properties ?? {}).flatMap(([name, value]): readonly Keyed[] => {
      const path = prefix === '' ? name : `${prefix}.${name}`
      const isRequired = alternative.required?.includes(name) ?? false
      return [{ path, schema: value, isRequired }, ...(isConditions(value) ? [] : keysOf(value, path))]
    })
    const listed = items === undefined || isConditions(items) ? [] : keysOf(items, `${prefix}[]`)
    const named = typeof additionalProperties === 'object' ? entries(additionalProperties, prefix) : []
    return [...own, ...named, ...listed]
  })
  // Alternatives of a union share keys, as credit does.
  return [...new Map(within.map(key => [`${key.path} ${typeWords(key.schema)}`, key])).values()]
}

function entries(schema: Schema, prefix: string): readonly Keyed[] {
  const path = prefix === '' ? '<name>' : `${prefix}.<name>`
  const keys = keysOf(schema, path)
  return schema.description !== undefined ? [{ path, schema, isRequired: false }, ...keys] : keys
}

/** What an event must be, column by column: told once for all keys that take it. */
function isConditions({ properties }: Schema): boolean {
  return properties !== undefined && 'raw_event_name' in properties && 'page_path' in properties
}

function alternativesOf(schema: Schema): readonly Schema[] {
  const some = schema.anyOf ?? schema.oneOf
  return some === undefined ? [schema] : some.flatMap(alternativesOf)
}

/** What a key takes, in a few words. */
export function typeWords(schema: Schema): string {
  const words = alternativesOf(schema).map(oneTypeWords)
  return [...new Set(words)].join(', or ')
}

function oneTypeWords(schema: Schema): string {
  if (isConditions(schema)) return '[conditions](#what-an-event-must-be)'
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  if (schema.enum !== undefined) return schema.enum.map(value => `\`${String(value)}\``).join(', ')
  switch (schema.type) {
    case 'string':
      return 'a text'
    case 'integer':
      return 'a whole number'
    case 'number':
      return 'a number'
    case 'boolean':
      return '`true`, `false`'
    case 'null':
      return 'nothing'
    case 'array':
      return `a list${schema.items === undefined ? '' : ` of ${listed(schema.items)}`}`
    case 'object':
      return typeof schema.additionalProperties === 'object' ? 'entries by name' : 'keys'
    default:
      return 'a value'
  }
}

function listed(items: Schema): string {
  const words = typeWords(items)
  return words.startsWith('`') ? words : words.replace(/^an? /, '').replace(/\b(text|number|list)\b/, '$1s')
}
