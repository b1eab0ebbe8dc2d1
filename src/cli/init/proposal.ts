import type { OpenChoice } from '../../authoring/recognize.ts'

export interface UnreadableTable {
  readonly table: string
  readonly because: string
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
  /** The tables, or columns, that are read. */
  readonly found: readonly string[]
  /** Tables that have files which cannot be read as the models read them. */
  readonly unreadable: readonly UnreadableTable[]
  /** Among proposals for the same system, or the same files, the greater one is the better guess. */
  readonly likelihood: number
}
