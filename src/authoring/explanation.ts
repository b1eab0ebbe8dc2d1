import type { Given, QueryArguments, Uses } from './model.ts'
import { mustSay } from './must-be.ts'
import type { Sql } from './sql.ts'

/** A row that a query gave: dates, instants, decimals and JSON as text; integers past 2^53 as bigint. */
export type Row = Readonly<
  Record<string, string | number | bigint | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>>
>

/** A piece of an explanation: what it is about, and what there is to say. */
export interface Section {
  readonly heading: string
  readonly lines: readonly string[]
}

/** Why something in the published tables is as it is: small queries for one id, and words made of their rows. */
export interface Explanation {
  readonly kind: 'explanation'
  readonly description: string
  /** What the id is, `person_id`. */
  readonly takes: string
  readonly uses: Uses
  readonly queries: (id: string, given: Given) => Readonly<Record<string, Sql>>
  readonly tell: (rows: Readonly<Record<string, readonly Row[]>>) => readonly Section[]
  /** All ids there are, in a column `id`; undefined: an id must be written in full. */
  readonly ids: (() => Sql) | undefined
  /** By what else one may be asked for. */
  readonly named: NamedBy | undefined
}

/** What somebody may know of a thing without its id, as an e-mail address. */
export interface NamedBy<G = Given> {
  /** What that is, for help and messages: `identifier`. */
  readonly by: string
  /** The ids of what a text names, in a column `id`, and the name that it has there, in a column `name`; several ids are told, and none chosen. */
  readonly ids: (text: string, given: G) => Sql
  /** What of that there is without an id, in a column `name`, and why, in a column `because`: `user_id guest`, `is blocked`. It is told where no id is found. */
  readonly without?: (text: string, given: G) => Sql
}

/**
 * Declares an explanation; the const's name, spelled as its file, is what `throughline explain <name> <id>` asks for. The queries read published
 * tables, and are checked as a model's are; they may end in `order by`, and their rows come in order of their columns where they do not. `tell` is a pure function of their rows; no sections mean that there is nothing of
 * this id. Where `ids` gives all ids, in a column `id`, the beginning of one is enough to name it; where there is `named`, so is what that finds an id by.
 */
export function explanation<Q extends string, U extends Uses = Record<never, never>>(spec: {
  readonly description: string
  readonly takes: string
  readonly uses?: U
  readonly queries: (id: string, given: QueryArguments<U>) => Readonly<Record<Q, Sql>>
  readonly tell: (rows: Readonly<Record<NoInfer<Q>, readonly Row[]>>) => readonly Section[]
  readonly ids?: () => Sql
  readonly named?: NamedBy<QueryArguments<U>>
}): Explanation {
  mustSay(spec, {
    what: 'explanation',
    required: ['description', 'takes', 'queries', 'tell'],
    optional: ['uses', 'ids', 'named'],
  })
  const { description, takes, uses = {}, ids } = spec
  const queries = spec.queries as unknown as Explanation['queries']
  const named = spec.named as unknown as NamedBy | undefined
  return { kind: 'explanation', description, takes, uses, queries, tell: spec.tell, ids, named }
}
