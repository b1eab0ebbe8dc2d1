import type { TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import type { KeyedRow, OwnTable } from '../warehouse/warehouse.ts'

/** A column of one of the engine's own tables; `says` is its description. */
export interface OwnColumn {
  readonly name: string
  readonly type: Exclude<OwnTable['columns'][number]['type']['kind'], 'list' | 'record'>
  readonly says: string
}

/** One of the engine's own tables, which readers may ask. */
export function ownTable(table: TableName, description: string, columns: readonly OwnColumn[]): OwnTable {
  return {
    table,
    description,
    columns: columns.map(({ name, type, says }) => ({ name, type: { kind: type }, description: says })),
  }
}

/** A row of it; `values` are literals, one for each column. */
export function ownRow(into: TableName, columns: readonly OwnColumn[], values: readonly string[]): KeyedRow {
  return { into, values: columns.map(({ name }, index) => [name, values[index]!] as const) }
}

export function nullOf(dialect: Dialect, kind: OwnColumn['type']): string {
  return `cast(null as ${dialect.type({ kind })})`
}

/** An ISO instant as literals have it: `2026-06-01 12:00:00.000`, UTC. */
export function plainInstant(instant: string): string {
  return instant.replace('T', ' ').replace('Z', '')
}
