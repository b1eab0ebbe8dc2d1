import type { OpenChoice } from '../../authoring/recognize.ts'

export interface UnreadableTable {
  readonly table: string
  readonly because: string
}

/** Files that could be read with another as one, and are not. */
export interface FilesBeside {
  readonly files: readonly string[]
  /** The pattern that means all of them and the other, where there is one. */
  readonly pattern: string | undefined
}

/** A proposal as it is written. */
export interface SettledProposal extends Proposal {
  /** Columns of its file that are not read. */
  readonly unused: readonly string[]
}

/** A system whose data was found, and how the config would read it. */
export interface Proposal {
  readonly source: string
  /** As a person would write them. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Other sections of the config that go with it. */
  readonly sections: Readonly<Record<string, unknown>>
  readonly open: readonly OpenChoice[]
  /** For people: `data/events.csv`, `raw/hubspot/`. */
  readonly where: string
  /** The tables that are read; of a file, its columns. */
  readonly found: readonly string[]
  /** What else a person should know of it. */
  readonly notes: readonly string[]
  /** Files of the same columns that no pattern of theirs alone means together with it. */
  readonly beside: FilesBeside | undefined
  /** Tables that have files which cannot be read as the models read them. */
  readonly unreadable: readonly UnreadableTable[]
  /** Among proposals for the same system, or the same files, the greater one is the better guess. */
  readonly likelihood: number
}
