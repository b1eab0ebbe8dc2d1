import type { CompiledModel, Naming } from '../../compile/compiled.ts'
import type { Dialect } from '../../compile/dialect/dialect.ts'
import type { Row } from '../../warehouse/warehouse.ts'
import type { GivenTable } from './tables.ts'

/** Runs a model on rows that somebody wrote down, without any warehouse. */
export interface UnitTestEngine {
  readonly dialect: Dialect
  /**
   * The rows that a model makes of tables with these rows. Throws `StatementFailed` where a statement of the model fails, `CannotTell` where
   * this engine does not know the model's SQL.
   */
  rowsOf(model: CompiledModel, tables: readonly GivenTable[], naming: Naming): Promise<readonly Row[]>
}

/** A model that an engine is too old to run: its test has neither passed nor failed. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell'
}
