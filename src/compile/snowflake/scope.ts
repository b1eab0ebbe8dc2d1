import type { SnowflakeType } from './snowflake-type.ts'

/** Columns of a relation by name, with their types where these are known; undefined where nothing is known of it. */
export type TypedColumns = ReadonlyMap<string, SnowflakeType | undefined> | undefined

/** What names mean at a place of a query. */
export interface Scope {
  readonly ctes: ReadonlyMap<string, TypedColumns>
  /** The relations of `from`, by alias. */
  readonly items: ReadonlyMap<string, TypedColumns>
  /** The element of a lambda, by name. */
  readonly elements: ReadonlyMap<string, SnowflakeType | undefined>
  /** The select's own aliases, which stand for an expression where no relation has such a column. */
  readonly aliases: ReadonlyMap<string, SnowflakeType | undefined>
  readonly outer: Scope | undefined
}

export const nowhere: Scope = {
  ctes: new Map(),
  items: new Map(),
  elements: new Map(),
  aliases: new Map(),
  outer: undefined,
}

/** The type of a column that is named alone. */
export function typeOfColumn(name: string, scope: Scope): SnowflakeType | undefined {
  if (scope.elements.has(name)) return scope.elements.get(name)
  for (const columns of scope.items.values()) if (columns?.has(name)) return columns.get(name)
  if (scope.aliases.has(name)) return scope.aliases.get(name)
  return scope.outer && typeOfColumn(name, scope.outer)
}

/** The columns of the relation with this alias; undefined where nothing is known of it, or there is none. */
export function columnsOfAlias(alias: string, scope: Scope): TypedColumns {
  if (scope.items.has(alias)) return scope.items.get(alias)
  return scope.outer && columnsOfAlias(alias, scope.outer)
}
