import type { Findings } from './findings.ts'

/** What goes along through the whole of one text. */
export interface Walk {
  readonly findings: Findings
  /** Whether a column of this name may be NULL in what the text reads; undefined where nothing that is known has such a column. */
  readonly isNullable: (column: string) => boolean | undefined
  /** The columns of a table that the text was given, with their types; undefined where nothing is known of it. */
  readonly typesOf: (table: string) => OutputColumns
  /** Whether the text was given this table to read, rather than naming it itself. */
  readonly isGiven: (table: string) => boolean
  /** What a macro gives, by the name that it has in the text; undefined where that goes by what it is given. */
  readonly typeOfMacro: (name: string) => Kind
  /** Checks a query within an expression (`exists`); here so that expressions need not import queries, which import expressions. */
  readonly existsQuery: (query: unknown, site: Site) => void
}

/** The names of columns that a relation gives and their plain types, or undefined where they are not written in the text. */
export type OutputColumns = ReadonlyMap<string, Kind> | undefined

/** A CTE's columns by its name, as far as they are in sight. */
export type Ctes = ReadonlyMap<string, OutputColumns>

/** What one `from` brings into sight. */
export interface Scope {
  readonly ctes: Ctes
  readonly items: ReadonlyMap<string, FromItem>
  /** Of the select around an `exists`. */
  readonly outer: Scope | undefined
}

export interface FromItem {
  readonly columns: OutputColumns
  /** The types of its columns: those that the text shows, or of a table its contract. */
  readonly types: OutputColumns
  /** Its columns are NULL where an outer join finds nothing. */
  readonly isOptional: boolean
}

export type Clause = 'select' | 'from' | 'where' | 'group by' | 'having' | 'qualify'

/** Where in the text an expression stands. */
export interface Site {
  readonly scope: Scope
  readonly clause: Clause
  /** The aliases of the select that a name here could mean, with what they stand for. */
  readonly aliases: ReadonlyMap<string, unknown>
  /** In an equality of an `exists`, the one place where columns of the select around it may stand. */
  readonly mayCorrelate: boolean
  /** It is a condition of `where` by itself, where `exists` may stand. */
  readonly mayExist?: boolean
  /** A part of the tree with a place, for expressions that have none. */
  readonly near: unknown
}

/** What is plainly of one type: a literal, a cast, a comparison, a column of a contract. Macros, lists and records are undefined. */
export type Kind = 'text' | 'integer' | 'number' | 'real' | 'boolean' | 'date' | 'timestamp' | 'json' | undefined

/** The name by which the author's text stands for a column that a definition names: not a name that anybody chose. */
export const namedColumn = 'named_column'

/** A macro in the author's text. */
export function isMacro(name: string): boolean {
  return name.startsWith('tl_macro_')
}

/** Whether a plain name here is a column of what the select reads. */
export function isInputColumn(name: string, { scope }: Site, walk: Walk): boolean | undefined {
  const known = [...scope.items.values()].map(({ columns }) => columns?.has(name))
  if (known.includes(true)) return true
  if (!known.includes(undefined)) return false
  return walk.isNullable(name) === undefined ? undefined : true
}

/** The type of a column that is named without its table: where one relation alone has such a column, and all of them are known. */
export function typeOfColumn(name: string, { items }: Scope): Kind {
  let found: Kind
  let count = 0
  for (const { types } of items.values()) {
    if (types === undefined) return undefined
    if (!types.has(name)) continue
    found = types.get(name)
    count += 1
  }
  return count === 1 ? found : undefined
}

/** The type of a column of the relation with this alias, of the select or of one around it. */
export function typeOfColumnOf(alias: string, name: string, scope: Scope): Kind {
  const item = scope.items.get(alias)
  if (item !== undefined) return item.types?.get(name)
  return scope.outer && typeOfColumnOf(alias, name, scope.outer)
}
