import type { z } from 'zod'
import type { Columns } from './column.ts'
import { mustSay } from './must-be.ts'

/** Where a raw table stands: a file that is loaded before the build, or a table of the target database. */
export type Location =
  | { readonly file: string; readonly badRows: 'fail' | 'quarantine'; readonly table?: undefined }
  | { readonly table: string; readonly badRows: 'fail' | 'quarantine'; readonly file?: undefined }

/** A raw table of a source system, as a relation that staging models read. Two columns are added to those declared: `tl_row_id`, `tl_row_number`. */
export interface SourceTable {
  readonly kind: 'source-table'
  readonly description: string
  /** The raw columns that the models read, with their types; what varies by settings is a function of them. */
  readonly columns: (settings: unknown) => Columns
  readonly location: (settings: unknown) => Location
}

/** A source system: the settings that switch it on in `warehouse.config.yaml` (`sources: <name>:`), and its raw tables. */
export interface Source<S = unknown, T extends string = string> {
  readonly kind: 'source'
  readonly description: string
  readonly settings: z.ZodType<S>
  readonly tables: Readonly<Record<T, SourceTable>>
}

interface SourceTableSpec<S> {
  readonly description: string
  readonly columns: (settings: S) => Columns
  readonly location: (settings: S) => Location
}

/**
 * Declares a source system; the const's name, spelled as its file, is its key in the config. What is not in the config is off: its tables
 * are not loaded and the models that use it are not built. Column types are those of `text`, `integer` …; a raw value
 * that is not of its column's type is a bad row.
 */
export function source<S, T extends string>(spec: {
  readonly description: string
  readonly settings: z.ZodType<S>
  readonly tables: Readonly<Record<T, SourceTableSpec<NoInfer<S>>>>
}): Source<S, T> {
  mustSay(spec, { what: 'source', required: ['description', 'settings', 'tables'], optional: [] })
  const tables = {} as Record<T, SourceTable>
  for (const [name, table] of Object.entries(spec.tables) as [T, SourceTableSpec<S>][]) {
    tables[name] = {
      kind: 'source-table',
      description: table.description,
      columns: settings => table.columns(settings as S),
      location: settings => table.location(settings as S),
    }
  }
  return { kind: 'source', description: spec.description, settings: spec.settings, tables }
}
