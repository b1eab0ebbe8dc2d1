import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DuckDBInstance, version } from '@duckdb/node-api'
import type { ColumnType } from '../../authoring/column-type.ts'
import type { CompiledModel, CompiledSourceTable, Query, SchemaName, TableName } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { schemaPath, tablePath } from '../../compile/naming.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { type ContractChange, publicationChange } from '../contract-change.ts'
import { createTable, dropTable } from '../statements.ts'
import type {
  KeyedRow,
  Landed,
  OwnTable,
  Publication,
  Published,
  RawFreshness,
  Session,
  Standing,
  StandingRelation,
  Warehouse,
} from '../warehouse.ts'
import { checkSource } from './check-source.ts'
import { landSource } from './land-source.ts'
import { loadSeed } from './load-seed.ts'
import { createOwnTable, publish, replaceRow } from './publish.ts'
import { DuckDBSession } from './session.ts'
import { sourceFreshness } from './source-freshness.ts'
import { standingAll } from './standing-all.ts'

export interface DuckDBOptions {
  /** A file, made with its folder where it is not there, or `:memory:`. */
  readonly path: string
  readonly memoryLimitBytes?: number | undefined
  readonly threads?: number | undefined
  /** Where a copy of the finished file is put for readers, because nobody can read while it is written. */
  readonly publishTo?: string | undefined
}

/** A DuckDB file (or memory) in this process. The file is locked for other processes while it is open. */
export class DuckDBWarehouse implements Warehouse {
  readonly dialect = duckdb
  readonly billing = undefined
  /** The file is locked for other processes while it is open. */
  readonly sharing = undefined
  readonly describe: string
  private isOpen = true

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly options: DuckDBOptions,
  ) {
    this.describe = `DuckDB ${version()} at ${options.path}`
  }

  /** Opens the file; throws `ProblemsError` where another process has it, the folder cannot be written, or it is no DuckDB file. */
  static async open(options: DuckDBOptions): Promise<DuckDBWarehouse> {
    return DuckDBWarehouse.openAs('AUTOMATIC', options)
  }

  /** Opens a file that is there, for reading alone; several processes may. */
  static async openToRead(options: Omit<DuckDBOptions, 'publishTo'>): Promise<DuckDBWarehouse> {
    return DuckDBWarehouse.openAs('READ_ONLY', options)
  }

  private static async openAs(access: 'AUTOMATIC' | 'READ_ONLY', options: DuckDBOptions): Promise<DuckDBWarehouse> {
    const settings: Record<string, string> = {
      access_mode: access,
      preserve_insertion_order: 'true',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    }
    if (options.memoryLimitBytes !== undefined) settings.memory_limit = `${options.memoryLimitBytes}B`
    if (options.threads !== undefined) settings.threads = String(options.threads)
    try {
      if (options.path !== ':memory:') mkdirSync(dirname(options.path), { recursive: true })
      return new DuckDBWarehouse(await DuckDBInstance.create(options.path, settings), options)
    } catch (error) {
      throw cannotOpen(options.path, error)
    }
  }

  async connect(): Promise<Session> {
    return DuckDBSession.open(await this.instance.connect())
  }

  checkSource(session: Session, table: CompiledSourceTable): Promise<void> {
    return checkSource(session, table)
  }

  land(session: Session, table: CompiledSourceTable): Promise<Landed> {
    return landSource(session, table)
  }

  freshness(session: Session, table: CompiledSourceTable, asOf: string): Promise<RawFreshness> {
    return sourceFreshness(session, table, asOf)
  }

  loadSeed(
    session: Session,
    file: string,
    columns: Readonly<Record<string, ColumnType>>,
    into: TableName,
  ): Promise<void> {
    return loadSeed(session, file, columns, into)
  }

  async createSchemas(session: Session, schemas: readonly SchemaName[]): Promise<void> {
    for (const schema of schemas) await session.execute(`create schema if not exists ${schemaPath(schema)}`)
  }

  async clearScratch(session: Session, schema: SchemaName): Promise<void> {
    await session.execute(`drop schema if exists ${schemaPath(schema)} cascade`)
  }

  async createOwnTable(session: Session, table: OwnTable): Promise<void> {
    for (const statement of createOwnTable(table)) await session.execute(statement)
  }

  /** Beside the present one, then in its place. */
  renewal(table: TableName, query: Query): { readonly statement: string; readonly swap: readonly string[] } {
    const next = { ...table, name: `${table.name}__next` }
    return {
      statement: createTable(next, query),
      swap: [dropTable(table), `alter table ${tablePath(next)} rename to ${table.name}`],
    }
  }

  async publish(session: Session, publication: Publication): Promise<Published> {
    return publish(session, publication, await this.standing(session, publication.model.table))
  }

  async contractChange(session: Session, model: CompiledModel): Promise<ContractChange> {
    return publicationChange(model, await this.standing(session, model.table))
  }

  writeRow(session: Session, row: KeyedRow): Promise<void> {
    return session.transaction(replaceRow(row))
  }

  async standing(session: Session, table: TableName): Promise<Standing | undefined> {
    const named = (prefix: string) =>
      `database_name = current_database() and schema_name = ${duckdb.text(table.schema)} and ${prefix}_name = ${duckdb.text(table.name)}`
    const [found] = await session.query(
      `select 'table' as kind, comment from duckdb_tables() where ${named('table')}
       union all select 'view', comment from duckdb_views() where ${named('view')}`,
    )
    if (!found) return undefined
    const text = (comment: unknown) => (typeof comment === 'string' ? comment : undefined)
    // A view is bound anew by whoever reads it: what it read may be gone by now, and the view is to be replaced.
    if (found.kind === 'view') return { kind: 'view', comment: text(found.comment) }
    const described = await session.describe(`select * from ${table.schema}.${table.name}`)
    const rows = await session.query(`select column_name, comment from duckdb_columns() where ${named('table')}`)
    const comments = new Map(rows.map(row => [row.column_name, row.comment]))
    const columns = described.map(column => ({ ...column, comment: text(comments.get(column.name)) }))
    return { kind: 'table', comment: text(found.comment), columns }
  }

  standingAll(session: Session, schemas: readonly SchemaName[]): Promise<ReadonlyMap<string, StandingRelation>> {
    return standingAll(session, schemas)
  }

  async close(): Promise<void> {
    if (!this.isOpen) return
    this.isOpen = false
    if (this.options.path !== ':memory:') {
      const connection = await this.instance.connect()
      await connection.run('checkpoint').catch(() => undefined)
      connection.closeSync()
    }
    this.instance.closeSync()
  }

  async publishToReaders(): Promise<void> {
    const { path, publishTo } = this.options
    if (publishTo === undefined || path === ':memory:') return
    // What could not be written into the file at its closing stands beside it, and a copy of the file would lack it.
    if (existsSync(`${path}.wal`)) throw new Error(`what was built last is still in ${path}.wal: the disk may be full`)
    mkdirSync(dirname(publishTo), { recursive: true })
    const temporary = join(dirname(publishTo), `.${basename(publishTo)}.${process.pid}.tmp`)
    try {
      copyFileSync(path, temporary)
      renameSync(temporary, publishTo)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
  }
}

function cannotOpen(path: string, error: unknown): ProblemsError {
  const text = error instanceof Error ? error.message : String(error)
  const owner = /PID (\d+)/.exec(text)?.[1]
  if (/Conflicting lock|Could not set lock|being used by another process/i.test(text)) {
    const who = owner === undefined ? 'another process' : `another process (PID ${owner})`
    const message = `${path} is in use by ${who}`
    const hint =
      'one build at a time writes a DuckDB file: wait for it to end, or stop it; readers should open the copy that publish_to makes'
    return new ProblemsError([{ kind: 'warehouse', message, hint }], { cause: error })
  }
  const message = `cannot open ${path}: ${text.split('\n')[0]}`
  const hint = 'the folder must exist or be creatable and be writable by this user, with room on the disk'
  return new ProblemsError([{ kind: 'warehouse', message, hint }], { cause: error })
}
