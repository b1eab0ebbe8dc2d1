import { z } from 'zod'
import { duration } from './values.ts'

/** What every system says whose raw tables a loader lands: where they stand, and how they are read. */
export interface LandedSettings<T extends string = string> {
  readonly folder?: string | undefined
  readonly schema?: string | undefined
  readonly bad_rows: 'fail' | 'quarantine'
  readonly without: readonly T[]
  /** In seconds. */
  readonly freshness?:
    | { readonly warn_after?: number | undefined; readonly error_after?: number | undefined }
    | undefined
}

/**
 * The settings of a system whose raw tables are landed under names of their own: `folder` (a file a table) or `schema` (tables of the target
 * database), `bad_rows`, `without`, `freshness`; then those of the system itself, `own`.
 */
export function landedTables<const T extends string, S extends z.ZodRawShape = Record<never, never>>(
  tables: readonly T[],
  own?: S,
): z.ZodType<LandedSettings<T> & z.output<z.ZodObject<S>>> {
  for (const name of Object.keys(own ?? {})) {
    if (Object.hasOwn(shared, name))
      throw new Error(`landedTables: '${name}' is a setting of every system: name yours otherwise`)
  }
  const settings = z.strictObject({ ...shared, without: without(tables), ...own }).superRefine((given, context) => {
    const { folder, schema, freshness } = given as LandedSettings
    if ((folder === undefined) === (schema === undefined)) {
      const message = folder === undefined ? 'name a folder or a schema' : 'name a folder or a schema, not both'
      context.addIssue({ code: 'custom', message, path: folder === undefined ? [] : ['schema'] })
    }
    const { warn_after: warnAfter, error_after: errorAfter } = freshness ?? {}
    if (warnAfter !== undefined && errorAfter !== undefined && errorAfter < warnAfter) {
      const message = 'is shorter than warn_after: a table would be wrong before it is worth a warning'
      context.addIssue({ code: 'custom', message, path: ['freshness', 'error_after'] })
    }
  })
  return settings as unknown as z.ZodType<LandedSettings<T> & z.output<z.ZodObject<S>>>
}

const shared = {
  folder: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A folder with a file for each table, from the folder of this config: contact.csv, contact.parquet or contact.jsonl, or parts of it, contact_1.csv, contact_2.csv.',
    ),
  schema: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A schema of the target database that has the tables, instead of a folder; on BigQuery a dataset, or project.dataset.',
    ),
  bad_rows: z
    .enum(['fail', 'quarantine'])
    .default('fail')
    .describe('fail: a row that cannot be read stops the build. quarantine: it is set aside in a table of its own.'),
  without: z.array(z.string()).default([]),
  freshness: z
    .strictObject({
      warn_after: duration().optional().describe('Rows older than this are worth a warning.'),
      error_after: duration().optional().describe('Rows older than this are an error.'),
    })
    .optional()
    .describe('How old the newest rows of a table may be.'),
}

function without<T extends string>(tables: readonly T[]) {
  return z
    .array(z.enum(tables))
    .default([])
    .superRefine((names, context) => {
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) < index)
          context.addIssue({ code: 'custom', message: `${name} is named twice`, path: [index] })
      }
    })
    .describe('Tables that are not loaded here: they are read as empty.')
}
