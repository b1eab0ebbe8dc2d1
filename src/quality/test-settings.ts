import type { SchemaName, TableName } from '../compile/compiled.ts'
import type { Session } from '../warehouse/warehouse.ts'

/** How the tests of a table are carried out. */
export interface TestSettings {
  /** Where tables of other models stand, for `references`. */
  readonly tableOf: (model: string) => TableName | undefined
  readonly stands: (session: Session, table: TableName) => Promise<boolean>
  /** The schema in which failing rows are kept, one table a test. */
  readonly storeFailures: SchemaName | undefined
  /** False: only count rows. */
  readonly withTests: boolean
  /** All counts of a table's tests are asked for in one statement. */
  readonly inOneStatement: boolean
}
