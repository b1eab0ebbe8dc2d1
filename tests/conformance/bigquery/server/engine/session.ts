import type { SqlParameter } from '../../../../../src/googlesql/catalog.ts'
import type { GoogleSql } from '../../../../../src/googlesql/googlesql.ts'
import type { ParsedStatement } from '../../../../../src/googlesql/parse-tree.ts'
import type { SqlField } from '../../../../../src/googlesql/types.ts'
import type { WireRow } from '../../../../../src/googlesql/wire.ts'
import type { Store, TableId } from '../store.ts'

/** The functions that statements have made, as the service describes functions; those of a script are its own. */
export interface UserFunction {
  readonly path: readonly string[]
  readonly described: object
}

/** What the statements of one script share. */
export interface Session {
  readonly google: GoogleSql
  readonly store: Store
  readonly defaultDataset: string | undefined
  /** Who asks, as row access policies name them: `user:ana@example.com`. */
  readonly caller: string
  readonly parameters: readonly SqlParameter[]
  /** The dataset that holds the script's temporary tables. */
  readonly temporary: string
  readonly functions: Map<string, UserFunction>
}

export interface Statement extends ParsedStatement {
  readonly sql: string
  readonly session: Session
}

/** What a statement has done. */
export interface Outcome {
  /** As statistics name it: `SELECT`, `MERGE`, `CREATE_TABLE_AS_SELECT`. */
  readonly type: string
  readonly columns?: readonly SqlField[]
  readonly rows?: readonly WireRow[]
  readonly affected?: number
  readonly dml?: { readonly inserted: number; readonly updated: number; readonly deleted: number }
  readonly target?: TableId
  /** `CREATE`, `REPLACE`, `SKIP`, `DROP`, `ALTER` */
  readonly operation?: string
}
