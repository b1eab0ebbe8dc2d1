import type { SqlField, SqlType } from './types.ts'
import { wireType } from './types.ts'
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
