import type { Columns } from '../authoring/column.ts'
import type { Engine } from '../authoring/macro.ts'
import type { TableName } from '../compile/compiled.ts'
import type { DescribedColumn } from '../warehouse/warehouse.ts'

/** A table as a binder knows it: its columns, and never a row. */
export interface DeclaredTable {
  readonly table: TableName
  readonly columns: Columns
}

/** Resolves the names and types of queries over tables that have no rows. */
export interface Binder {
  readonly engine: Engine
  /** How many queries it takes at a time. */
  readonly atATime: number
  /** Makes tables known, before anything is described. */
  declare(tables: readonly DeclaredTable[]): Promise<void>
  /** The columns that a query gives. Throws `WarehouseError` where it is wrong, `NotVerified` where this binder cannot tell. */
  describe(sql: string): Promise<readonly DescribedColumn[]>
}

/** A query that a binder is too old to know, or did not get through: nobody may call it wrong. */
export class NotVerified extends Error {
  override readonly name = 'NotVerified'
  constructor(
    message: string,
    /** UTF-16 offset in the query. */
    readonly offset: number | undefined,
    cause: unknown,
  ) {
    super(message, { cause })
  }
}
