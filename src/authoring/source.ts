import type { z } from 'zod'
import type { Columns } from './column.ts'
import { type Freshness, freshnessIn, type Location } from './location.ts'
import { mustSay } from './must-be.ts'
import type { Lacking, RawSample, Recognized } from './recognize.ts'

/** What a whole number since 1970-01-01 00:00 UTC counts. */
export type EpochUnit = 'epoch_seconds' | 'epoch_milliseconds' | 'epoch_microseconds'

/** A raw column that tells a time in UTC: a timestamp or date, or whole numbers with their unit. */
export interface TimeColumn {
  readonly column: string
  readonly unit?: EpochUnit
}

/** A raw table of a source system, as a relation that staging models read. Two columns are added to those declared: `tl_row_id`, `tl_row_number`. */
export interface SourceTable {
  readonly kind: 'source-table'
  readonly description: string
  /** The raw columns that the models read, with their types; what varies by settings is a function of them. */
  readonly columns: (settings: unknown) => Columns
  readonly location: (settings: unknown) => Location
  /** The raw column that says when a row came in, in UTC. */
  readonly loadedAt: string | undefined
  /** The raw column that says when what a row tells of happened. */
  readonly happenedAt: TimeColumn | undefined
  readonly freshness: (settings: unknown) => Freshness | undefined
}

/** A source system: the settings that switch it on in `warehouse.config.yaml` (`sources: <name>:`), and its raw tables. */
export interface Source<S = unknown, T extends string = string> {
  readonly kind: 'source'
  readonly description: string
  readonly settings: z.ZodType<S>
  readonly tables: Readonly<Record<T, SourceTable>>
  /** What `throughline init` asks of a file that it finds; undefined: it knows none by its columns. */
  readonly recognize: ((sample: RawSample) => Recognized | Lacking | undefined) | undefined
  /** Other sections of the config that go with it, by name: what `throughline init` writes where it finds a folder of this system's tables. */
  readonly sections: Readonly<Record<string, unknown>>
}

interface SourceTableSpec<S> {
  readonly description: string
  readonly columns: (settings: S) => Columns
  readonly location: (settings: S) => Location
  /** The raw column, a timestamp or date, that says when a row came in, in UTC: how fresh the table is is judged by it. */
  readonly loadedAt?: string
  /** Where no column says when a row came in: the one that says when what it tells of happened. Its latest time is that of the latest event, not of the loading. */
  readonly happenedAt?: TimeColumn
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
  /** Says whether a raw file is this system's, for `throughline init`: the settings that would read it, what it lacks for that, or undefined. Not needed where each table has a file of its name. */
  readonly recognize?: (sample: RawSample) => Recognized | Lacking | undefined
  /** Other sections of the config that go with it, by name, as a person would write them: `throughline init` does where it finds a folder of this system's tables. */
  readonly sections?: Readonly<Record<string, unknown>>
}): Source<S, T> {
  mustSay(spec, {
    what: 'source',
    required: ['description', 'settings', 'tables'],
    optional: ['recognize', 'sections'],
  })
  const tables = {} as Record<T, SourceTable>
  for (const [name, table] of Object.entries(spec.tables) as [T, SourceTableSpec<S>][]) {
    mustSay(table, {
      what: 'source table',
      required: ['description', 'columns', 'location'],
      optional: ['loadedAt', 'happenedAt'],
    })
    tables[name] = {
      kind: 'source-table',
      description: table.description,
      columns: settings => table.columns(settings as S),
      location: settings => table.location(settings as S),
      loadedAt: table.loadedAt,
      happenedAt: table.happenedAt,
      freshness: freshnessIn,
    }
  }
  const { description, settings, recognize, sections = {} } = spec
  return { kind: 'source', description, settings, tables, recognize, sections }
}
