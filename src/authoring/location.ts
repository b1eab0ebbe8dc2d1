/**
 * Where the rows of a raw table stand: files that are loaded before the build, by a path or by a folder and the table's name; a table of
 * the target database; or nowhere, and the table is empty.
 */
export type Location = { readonly badRows: 'fail' | 'quarantine' } & (
  | { readonly file: string; readonly folder?: undefined; readonly table?: undefined; readonly notLoaded?: undefined }
  | {
      readonly folder: string
      /** The files' name without its ending: `contact` is `contact.csv`, `contact.jsonl.gz` …, or `contact_1.csv`, `contact_2.csv` …. */
      readonly basename: string
      readonly file?: undefined
      readonly table?: undefined
      readonly notLoaded?: undefined
    }
  | {
      readonly table: string
      /** Its name in the settings' `without`, where they have that. */
      readonly canDoWithout?: string
      /** Where its rows may stand in tables of days instead, which BigQuery reads as one. */
      readonly shards?: Shards
      readonly file?: undefined
      readonly folder?: undefined
      readonly notLoaded?: undefined
    }
  | { readonly notLoaded: true; readonly file?: undefined; readonly folder?: undefined; readonly table?: undefined }
)

/** Tables of days, `events_20260601`, beside those of days that are not finished, `events_intraday_20260602`. */
export interface Shards {
  /** The first day that is read, `2026-01-01`; undefined: all are. */
  readonly since?: string | undefined
  /** What stands before the day of a table that is not finished: `intraday`. */
  readonly intraday?: string | undefined
}

/** How old the newest row of a raw table may be before that is worth a warning, and before it is an error. */
export interface Freshness {
  readonly warnAfterSeconds?: number | undefined
  readonly errorAfterSeconds?: number | undefined
}

/** Of the settings that `landedTables` makes, those that say where the tables stand. */
interface Places<T extends string> {
  readonly folder?: string | undefined
  readonly schema?: string | undefined
  readonly bad_rows: 'fail' | 'quarantine'
  readonly without: readonly T[]
}

/** Where the raw table stands by the settings: a file of the folder, a table of the schema, or nowhere, where the company does without it. */
export function locationIn<T extends string>(settings: Places<T>, table: NoInfer<T>): Location {
  const { folder, schema, bad_rows: badRows, without } = settings
  if (without.includes(table)) return { notLoaded: true, badRows }
  if (folder === undefined) return { table: `${schema}.${table}`, canDoWithout: table, badRows }
  return { folder, basename: table, badRows }
}

/** The same for a table whose rows stand in tables of days on BigQuery, where there is none of the plain name. */
export function shardedIn<T extends string>(settings: Places<T>, table: NoInfer<T>, shards: Shards): Location {
  const location = locationIn(settings, table)
  return location.table === undefined ? location : { ...location, shards }
}

/** How old the newest rows may be by the settings, where they say it as `landedTables` has it. */
export function freshnessIn(settings: unknown): Freshness | undefined {
  const { freshness } = (settings ?? {}) as { freshness?: { warn_after?: number; error_after?: number } | undefined }
  if (freshness === undefined) return undefined
  return { warnAfterSeconds: freshness.warn_after, errorAfterSeconds: freshness.error_after }
}

/** Where the rows stand, in words. */
export function describeLocation(location: Location): string {
  if (location.notLoaded) return 'nowhere: it is not loaded here'
  if (location.folder !== undefined) return `${location.folder}/${location.basename}.*`
  return location.file ?? location.table
}
