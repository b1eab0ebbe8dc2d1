import type { Target } from '../../config/targets.ts'

/** The target with everything in schemas of this prefix, and nothing where the target's own tables stand. */
export function targetIn(target: Target, prefix: string): Target {
  switch (target.engine) {
    case 'duckdb':
      return { ...target, schema: prefix, publishTo: undefined }
    case 'bigquery':
      return { ...target, dataset: prefix, datasets: {}, models: {}, budget: undefined }
    case 'snowflake':
      return { ...target, schema: prefix, schemas: {}, models: {} }
  }
}

/** Long and strange enough to be nothing else, wherever they stand. */
const addresses = ['project', 'account', 'impersonate', 'apiEndpoint', 'accessUrl'] as const
/** Plain words, which are other things within an address of the web. */
const words = ['user', 'role', 'warehouse', 'database'] as const

/** Takes the names of the account out of a text, so that it can be sent to others: `<project>` stands for the project's. */
export function withoutNames(target: Target, text: string): string {
  const values = target as unknown as Readonly<Record<string, unknown>>
  const without = (masked: string, key: string, before: string, after: string): string => {
    const value = values[key]
    if (typeof value !== 'string' || value.length < 3) return masked
    const escaped = value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return masked.replaceAll(new RegExp(`(?<![${before}])${escaped}(?![${after}])`, 'gi'), `<${key}>`)
  }
  const masked = addresses.reduce((rest, key) => without(rest, key, 'A-Za-z0-9_', 'A-Za-z0-9_'), text)
  return words.reduce((rest, key) => without(rest, key, 'A-Za-z0-9_./@-', 'A-Za-z0-9_/@-'), masked)
}
