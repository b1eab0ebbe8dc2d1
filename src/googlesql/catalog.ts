import type { Columns } from '../authoring/column.ts'
import { type SqlField, type SqlType, sqlTypeOf, wireType } from './types.ts'
import { type SqlValue, wireValue } from './values.ts'
import type { WireRow, WireValue } from './wire.ts'

export interface SqlColumn extends SqlField {
  /** Can be named, and is in no `*`: `_TABLE_SUFFIX`, `_PARTITIONTIME`. */
  readonly isPseudo?: boolean
}

/** A table as the evaluator is given it. Its rows stay as they travel, and are read where a value is wanted. */
export interface SqlTable {
  /** One name, that may hold dots. */
  readonly name: string
  readonly columns: readonly SqlColumn[]
  readonly rows: readonly WireRow[]
  /** Of the column that tells rows apart, where rows are to be changed. */
  readonly keyColumn?: number
}

/** What a statement's names mean. */
export interface SqlCatalog {
  /** The one name of the table that a path in a statement means: `[journeys, sessions]`. Undefined where there is none. */
  flatName(path: readonly string[]): string | undefined
  /** The tables of these names. */
  tables(names: ReadonlySet<string>): Promise<readonly SqlTable[]>
  /** The user's own functions, as the service describes functions. */
  readonly functions?: readonly object[]
}

export interface SqlParameter {
  /** Undefined where parameters are `?`. */
  readonly name?: string | undefined
  readonly type: SqlType
  readonly value: WireValue
}

/** A catalog of these tables, each found under its name, written with dots or as one quoted name, whatever its case. */
export function catalogOf(tables: readonly SqlTable[]): SqlCatalog {
  const byName = new Map(tables.map(table => [table.name.toLowerCase(), table]))
  return {
    flatName: path => byName.get(path.join('.').toLowerCase())?.name,
    tables: async names => [...names].map(name => byName.get(name.toLowerCase())!),
  }
}

/** The columns of a contract. */
export function sqlColumnsOf(columns: Columns): readonly SqlColumn[] {
  return Object.entries(columns).map(([name, { type }]) => ({ name, type: sqlTypeOf(type) }))
}

/** A table of plain rows; a column that a row leaves out is NULL. */
export function tableOf(
  name: string,
  columns: readonly SqlColumn[],
  rows: readonly Readonly<Record<string, SqlValue>>[] = [],
): SqlTable {
  return { name, columns, rows: rows.map(row => columns.map(column => wireValue(column.type, row[column.name]))) }
}

export function wireTable(table: SqlTable, id: number): object {
  return {
    name: table.name,
    name_in_catalog: table.name,
    serialization_id: id,
    column: table.columns.map(({ name, type, isPseudo = false }, index) => ({
      name,
      type: wireType(type),
      is_pseudo_column: isPseudo,
      is_writable_column: !isPseudo || index === table.keyColumn,
    })),
    ...(table.keyColumn === undefined ? {} : { primary_key_column_index: [table.keyColumn] }),
  }
}

/** A table that statements name by its path: `[journeys, sessions]`. */
export interface PathTable {
  readonly path: readonly string[]
  readonly columns: readonly SqlColumn[]
}

/** Tables in catalogs within each other, as their paths say. */
export function wireCatalogs(name: string, tables: readonly PathTable[]): object {
  let serialized = 0
  const catalogAt = (own: string, within: readonly PathTable[]): object => ({
    name: own,
    table: within
      .filter(({ path }) => path.length === 1)
      .map(({ path, columns }) => wireTable({ name: path[0]!, columns, rows: [] }, ++serialized)),
    catalog: [...new Set(within.filter(({ path }) => path.length > 1).map(({ path }) => path[0]!))].map(first =>
      catalogAt(
        first,
        within
          .filter(({ path }) => path.length > 1 && path[0] === first)
          .map(table => ({ ...table, path: table.path.slice(1) })),
      ),
    ),
  })
  return catalogAt(name, tables)
}
