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
}

/**
 * Declares an explanation; the const's name, spelled as its file, is what `throughline explain <name> <id>` asks for. The queries read published
 * tables, and are checked as a model's are; they may end in `order by`, and their rows come in order of their columns where they do not. `tell` is a pure function of their rows; no sections mean that there is nothing of
 * this id. Where `ids` gives all ids, in a column `id`, the beginning of one is enough to name it.
 */
export function explanation<Q extends string, U extends Uses = Record<never, never>>(spec: {
  readonly description: string
  readonly takes: string
  readonly uses?: U
  readonly queries: (id: string, given: QueryArguments<U>) => Readonly<Record<Q, Sql>>
  readonly tell: (rows: Readonly<Record<NoInfer<Q>, readonly Row[]>>) => readonly Section[]
  readonly ids?: () => Sql
}): Explanation {
  mustSay(spec, {
    what: 'explanation',
    required: ['description', 'takes', 'queries', 'tell'],
    optional: ['uses', 'ids'],
  })
  const { description, takes, uses = {}, ids } = spec
  const queries = spec.queries as unknown as Explanation['queries']
  return { kind: 'explanation', description, takes, uses, queries, tell: spec.tell, ids }
}
