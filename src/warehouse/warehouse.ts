import type { ColumnType } from '../authoring/column-type.ts'
import type { CompiledSourceTable, TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'

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

/** One conversation with a warehouse: one statement at a time. A failed statement throws `WarehouseError`. */
export interface Session {
  execute(sql: string): Promise<void>
  /** All rows: for counts, samples and `show`, never for a table's content. */
  query(sql: string): Promise<readonly Row[]>
  /** Names and types of a query's columns, without running it. */
  describe(sql: string): Promise<readonly DescribedColumn[]>
  /** All of the statements or none. */
  transaction(statements: readonly string[]): Promise<void>
  /** Stops the statement that is running; it then fails. */
  interrupt(): void
  close(): void
}

/** What landing a raw table found. */
export interface Landed {
  readonly rowCount: number
  readonly quarantinedCount: number
}

/** Up to when raw rows came in. */
export interface RawFreshness {
  readonly rowCount: number
  /** The latest value of the column that the source names as `loadedAt`, as `2026-06-01 12:30:00.123456` in UTC; undefined where it names none, or none is filled. */
  readonly latestLoadedAt: string | undefined
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

/** One warehouse, reached through statements of its dialect and a few things each does in its own way. */
export interface Warehouse {
  readonly dialect: Dialect
  /** One line for people: engine, version, where. */
  readonly describe: string
  connect(): Promise<Session>
  /** Says, before anything is built, whether a raw table is there with columns of the declared types; throws `ProblemsError` with all that is wrong. */
  checkSource(session: Session, table: CompiledSourceTable): Promise<void>
  /** Makes the raw table readable under its name, with typed columns, `tl_row_id` and `tl_row_number`. */
  land(session: Session, table: CompiledSourceTable): Promise<Landed>
  /** How fresh a raw table is, read where its rows stand: nothing is landed. Throws `ProblemsError` where it cannot be read. */
  freshness(session: Session, table: CompiledSourceTable): Promise<RawFreshness>
  standing(session: Session, table: TableName): Promise<Standing | undefined>
  /** All that stands in these schemas, by schema and name (`journeys.sessions`); costs the same for one table and for a thousand. */
  standingAll(session: Session, schemas: readonly string[]): Promise<ReadonlyMap<string, StandingRelation>>
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
  readonly errorKind: 'syntax' | 'name' | 'type' | 'data' | 'interrupted' | 'connection' | 'other'

  constructor(
    message: string,
    details: {
      readonly sql?: string | undefined
      readonly offset?: number | undefined
      readonly unknownName?: string | undefined
      readonly kind: WarehouseError['errorKind']
      readonly cause?: unknown
    },
  ) {
    super(message, { cause: details.cause })
    this.sql = details.sql
    this.offset = details.offset
    this.unknownName = details.unknownName
    this.errorKind = details.kind
  }
}
