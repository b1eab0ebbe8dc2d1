/** What the values of a raw column look like, by the first rows of its file. */
export type Likeness =
  | 'instant'
  | 'local time'
  | 'date'
  | 'epoch_seconds'
  | 'epoch_milliseconds'
  | 'epoch_microseconds'
  | 'number'
  | 'text'
  | 'nested'
  | 'nothing'

/** A column of a raw file. */
export interface SampledColumn {
  readonly name: string
  /** `instant`: a time that names its zone; `local time`: one that does not; `nothing`: it is empty. */
  readonly looksLike: Likeness
  /** The different values of the rows that were looked at, the most frequent first; at most a hundred. */
  readonly values: readonly string[]
}

/** The columns of a raw file, or of several alike, by their first rows. */
export interface RawSample {
  /** As it stands in the config: a path from its folder, with * for several files. */
  readonly file: string
  readonly columns: readonly SampledColumn[]
}

/** What the files alone do not settle: a person is asked, and where nobody answers the guess stands. */
export interface OpenChoice {
  /** Where in the settings the answer goes, `['time', 'timezone']`; the guess stands there. */
  readonly path: readonly string[]
  readonly question: string
  /** The answers that there are; undefined: any that the settings' schema takes. */
  readonly choices?: readonly string[]
}

/** A file taken for a source's. */
export interface Recognized {
  /** The best guess, as a person would write the settings in the config. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Other sections of the config that go with it, by name. */
  readonly sections?: Readonly<Record<string, unknown>>
  readonly open?: readonly OpenChoice[]
  /** What a person should know of it besides, as it is told, and written into the config. */
  readonly notes?: readonly string[]
}

/** A file that would be a source's if it had what it lacks. */
export interface Lacking {
  /** Each thing in words, `what happened: a column named event, event_name or action`. */
  readonly lacks: readonly string[]
  /** The settings by which the config would read it all the same, as a person writes them; `…` stands for what a person has to say. */
  readonly settings: Readonly<Record<string, unknown>>
}
