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
