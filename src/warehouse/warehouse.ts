import type { ColumnType } from '../authoring/column-type.ts'
import type { CompiledModel, CompiledSourceTable, Query, SchemaName, TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import type { ContractChange } from './contract-change.ts'
import type { Fence, Sharing } from './sharing.ts'

/** A value as it comes back from a warehouse: dates, instants, decimals and JSON as text; integers past 2^53 as bigint. */
export type Cell = string | number | bigint | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>
export type Row = Readonly<Record<string, Cell>>

export interface DescribedType {
  /** As the engine says it, in lower case. */
  readonly engineType: string
  /** The logical type that holds its values; undefined where none does. */
  readonly type: ColumnType | undefined
  /** The type of a list's elements. */
  readonly of?: DescribedType
  /** The fields of a record. */
  readonly fields?: readonly DescribedColumn[]
}

export interface DescribedColumn extends DescribedType {
  readonly name: string
}

/** What statements are for: a warehouse that numbers its jobs names them so. */
export interface Purpose {
  readonly runId: string
  /** A model, a raw table, a test, or what is done for all of them: unique in the run. */
  readonly node: string
  /** The model whose rows they make, test or put in place; undefined where they are of no one model. */
  readonly model?: string | undefined
  /** The computer and process of the run. */
  readonly owner?: string | undefined
}

/** What one statement took, as the warehouse counted it; undefined is what it does not tell. */
export interface StatementCost {
  /** How the warehouse calls it. */
  readonly jobId: string
  /** What it read. */
  readonly bytesProcessed?: number | undefined
  readonly bytesBilled?: number | undefined
  readonly slotMilliseconds?: number | undefined
  /** From its sending to its answer. */
  readonly elapsedMilliseconds?: number | undefined
  /** What it took of Snowflake's cloud services. What its warehouse takes is counted by the time that it is awake, not by the statement. */
  readonly cloudServicesCredits?: number | undefined
  readonly rowsAffected?: number | undefined
  readonly isCacheHit?: boolean | undefined
  /** By the list price for bytes billed; a reservation is paid otherwise. */
  readonly estimatedUsd?: number | undefined
}

/** What a warehouse tells of a statement only after it has run. */
export type LaterCost = Partial<Omit<StatementCost, 'jobId'>>

/** What one statement would take, told before it runs. */
export interface Estimate {
  readonly bytesProcessed: number
  /** By the list price, as if all of these bytes were billed; undefined where bytes have no price. */
  readonly estimatedUsd?: number | undefined
  /** Of the tables' partitions, those that would be read; undefined where the warehouse does not tell. */
  readonly partitions?: Partitions | undefined
}

export interface Partitions {
  readonly read: number
  readonly all: number
}

/** What is paid for by the statement. */
export interface Billing {
  /** Runs nothing and costs nothing; several may be asked at a time. A statement that is wrong throws `WarehouseError`. */
  estimate(sql: string): Promise<Estimate>
}

/** One conversation with a warehouse: one statement at a time. A failed statement throws `WarehouseError`. */
export interface Session {
  /** What the statements from here on are for. */
  begin(purpose: Purpose): void
  /** What the statements since `begin` took; empty where the warehouse counts nothing. */
  costs(): readonly StatementCost[]
  /** What the warehouse tells only now of the statements of this conversation, by their `jobId`; empty where it cannot be asked. Undefined where all was told at once. */
  laterCosts?(): Promise<ReadonlyMap<string, LaterCost>>
  execute(sql: string): Promise<void>
  /** For statements that change rows: how many it changed. */
  change(sql: string): Promise<number>
  /** All rows: for counts, samples and `show`, never for a table's content. */
  query(sql: string): Promise<readonly Row[]>
  /** Names and types of a query's columns, without running it. */
  describe(sql: string): Promise<readonly DescribedColumn[]>
  /** All of the statements or none. */
  transaction(statements: readonly string[]): Promise<void>
  /** Stops the statement that is running; it then fails. Gives the warehouse's own name of it, where it has one. */
  interrupt(): string | undefined
  close(): void
}

/** What landing a raw table found. */
export interface Landed {
  readonly rowCount: number
  readonly quarantinedCount: number
  /** What is to be said of a table or view that stood there and was replaced: its grants, whether its policies could be looked up. */
  readonly remarks?: readonly string[]
}

/** Up to when raw rows came in, or tell. */
export interface RawFreshness {
  readonly rowCount: number
  /** The latest value of the column by which the table is judged, as `2026-06-01 12:30:00.123456` in UTC; undefined where there is none, or none is filled. */
  readonly latestAt: string | undefined
}

/** A table or view as it stands. A view has no columns of its own: they are those of what it reads, which may be gone. */
export type Standing =
  | { readonly kind: 'view'; readonly comment: string | undefined }
  | {
      readonly kind: 'table'
      readonly comment: string | undefined
      readonly columns: readonly (DescribedColumn & { readonly comment: string | undefined })[]
    }

/** A table or view as a catalog tells of it; a view's columns are those it had when it was made. */
export interface StandingRelation {
  readonly table: TableName
  readonly kind: 'table' | 'view'
  readonly comment: string | undefined
  /** In their order; types in the engine's own words. */
  readonly columns: readonly {
    readonly name: string
    readonly engineType: string
    readonly comment: string | undefined
  }[]
}

/** A table that the engine keeps for itself. */
export interface OwnTable {
  readonly table: TableName
  readonly description: string
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly description: string }[]
}

/** A row of a table, as literals of the dialect; it takes the place of the row whose first column is equal. */
export interface KeyedRow {
  readonly into: TableName
  readonly values: readonly (readonly [column: string, literal: string])[]
}

/** A model's rows that passed. */
export interface Publication {
  readonly model: CompiledModel
  /** Where they are; nothing is left there. */
  readonly scratch: TableName
  /** Written with the rows, or right after them where the warehouse has no transaction for both. */
  readonly status: KeyedRow
  /** Nothing of it is carried out once the lease is another run's; undefined where there are no leases. */
  readonly fence: Fence | undefined
}

export interface Published {
  /** Where the live table had to be replaced: why, for the report. */
  readonly replacedBecause: string | undefined
  /** The grants on the table that was replaced were given again. */
  readonly hasGrantsAgain?: boolean
  /** What else is to be said of what was replaced, a view that reads something else included: which grants were not given again, whether its policies could be looked up. */
  readonly remarks?: readonly string[]
}

/** The right to read one table, for engines that grant it. */
export interface TableGrants {
  /** Gives it, to whom in the engine's own words: `user:ben@example.com`, a role. */
  give(session: Session, table: TableName, grantee: string): Promise<void>
  /** What is granted on the table itself, a line each, in an order of their own. */
  on(session: Session, table: TableName): Promise<readonly string[]>
}

/** What is asked of tables by a request each, where a statement would be a job with round trips of its own. */
export interface TableRequests {
  /** False where it is refused: the statement tells better why. */
  createView(view: TableName, query: string): Promise<boolean>
  /** As of the last statement that changed it; undefined where it is not known. */
  rowCount(table: TableName): Promise<number | undefined>
  /** A table or a view, which need not be there. */
  drop(table: TableName): Promise<void>
}

/** A table and a view change places by several statements: where the process is killed between two, the one stands under another name, and nothing under its own. */
export interface Exchanges {
  isLeftAside(session: Session, table: TableName): Promise<boolean>
  /** Gives those of these their names again, and clears away what else is left; gives those that have their names again. Not where the lease is another run's. */
  putBack(session: Session, tables: readonly TableName[], fence: Fence | undefined): Promise<readonly TableName[]>
}

/** One warehouse, reached through statements of its dialect and a few things each does in its own way. */
export interface Warehouse {
  readonly dialect: Dialect
  /** One line for people: engine, version, where. */
  readonly describe: string
  /** What is worth a word before anything is begun. */
  readonly warnings?: readonly string[]
  /** Undefined where statements cost nothing. */
  readonly billing: Billing | undefined
  /** Several counts are asked for in one statement, since each has its round trips and its least price; else one after the other, which takes less memory. */
  readonly countsTogether?: boolean | undefined
  /** Undefined where the warehouse lets in one process at a time by itself. */
  readonly sharing: Sharing | undefined
  /** Undefined where tables have no grants of their own. */
  readonly grants?: TableGrants | undefined
  /** Undefined where a table and a view change places in one step. */
  readonly exchanges?: Exchanges | undefined
  /** Undefined where a statement is as good as a request. */
  readonly requests?: TableRequests | undefined
  connect(): Promise<Session>
  /** Says, before anything is built, whether a raw table is there with columns of the declared types; throws `ProblemsError` with all that is wrong. */
  checkSource(session: Session, table: CompiledSourceTable): Promise<void>
  /** Makes the raw table readable under its name, with typed columns, `tl_row_id` and `tl_row_number`; not where the lease is another run's. */
  land(session: Session, table: CompiledSourceTable, fence: Fence | undefined): Promise<Landed>
  /**
   * How fresh a raw table is as of an instant (UTC, `2026-06-01 12:00:00`), read where its rows stand: nothing is landed. By which column, and how its values
   * are read, is `judgedBy` and `latestSql`. Throws `ProblemsError` where it cannot be read.
   */
  freshness(session: Session, table: CompiledSourceTable, asOf: string): Promise<RawFreshness>
  /** Makes these schemas where they are not there. */
  createSchemas(session: Session, schemas: readonly SchemaName[]): Promise<void>
  /** Leaves nothing of an earlier build in the schema of scratch, which need not be there. */
  clearScratch(session: Session, schema: SchemaName): Promise<void>
  /** Makes the engine's own table where it is not there, in a schema that is; one of an earlier version gets the columns that it lacks. */
  createOwnTable(session: Session, table: OwnTable): Promise<void>
  /** The statement that makes a new version of a table, whose query may read the present one, and those that put it in its place. */
  renewal(table: TableName, query: Query): { readonly statement: string; readonly swap: readonly string[] }
  /**
   * Puts what stands in scratch into the live table in one atomic step. The live table is never dropped: its content is replaced and new
   * columns are added; only a breaking change of contract (a column gone or of another type, a table become a view) makes it anew.
   */
  publish(session: Session, publication: Publication): Promise<Published>
  /** What `publish` would ask of the table or view that stands now. */
  contractChange(session: Session, model: CompiledModel): Promise<ContractChange>
  /** Writes a row of the engine's own tables; not where the lease is another run's. */
  writeRow(session: Session, row: KeyedRow, fence: Fence | undefined): Promise<void>
  standing(session: Session, table: TableName): Promise<Standing | undefined>
  /** All that stands in these schemas, by schema and name (`journeys.sessions`); schemas that are not there have nothing. */
  standingAll(session: Session, schemas: readonly SchemaName[]): Promise<ReadonlyMap<string, StandingRelation>>
  /** Loads a CSV file with a header of these columns. Throws `ProblemsError` naming the line. */
  loadSeed(
    session: Session,
    file: string,
    columns: Readonly<Record<string, ColumnType>>,
    into: TableName,
  ): Promise<void>
  /** Writes what must be on disk. Idempotent. */
  close(): Promise<void>
  /** After closing: gives readers what was built, where the target says that this takes a step of its own. */
  publishToReaders(): Promise<void>
}

/** A statement that a warehouse refused or failed: the engine's own words, and where in the statement it points. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError'
  readonly sql: string | undefined
  /** UTF-16 offset in `sql`. */
  readonly offset: number | undefined
  /** The word that the engine could not resolve, and what it had to choose from. */
  readonly unknownName: string | undefined
  readonly errorKind: 'syntax' | 'name' | 'type' | 'data' | 'interrupted' | 'connection' | 'lease' | 'other'
  /** What to do next, where that is known of this warehouse and how it is reached. */
  readonly hint: string | undefined

  constructor(
    message: string,
    details: {
      readonly sql?: string | undefined
      readonly offset?: number | undefined
      readonly unknownName?: string | undefined
      readonly kind: WarehouseError['errorKind']
      readonly hint?: string | undefined
      readonly cause?: unknown
    },
  ) {
    super(message, { cause: details.cause })
    this.sql = details.sql
    this.offset = details.offset
    this.unknownName = details.unknownName
    this.errorKind = details.kind
    this.hint = details.hint
  }
}
