import type { ColumnType } from '../../authoring/column-type.ts'
import type { CompiledModel, CompiledSourceTable, Query, SchemaName, TableName } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { schemaPath, tableLabel } from '../../compile/naming.ts'
import { type ContractChange, publicationChange } from '../contract-change.ts'
import { checkRawFiles, filesFreshness, loadSeed } from '../local-files.ts'
import { patiently, type RetryOptions } from '../retries.ts'
import type { Fence, Sharing } from '../sharing.ts'
import { createTable } from '../statements.ts'
import type {
  Billing,
  Estimate,
  Exchanges,
  KeyedRow,
  Landed,
  OwnTable,
  Publication,
  Published,
  RawFreshness,
  Session,
  Standing,
  StandingRelation,
  TableGrants,
  Warehouse,
} from '../warehouse.ts'
import { kindOf, tagClause } from './clauses.ts'
import { Connections } from './connections.ts'
import { estimate } from './estimate.ts'
import { fencedTransaction, rowStatements } from './fence.ts'
import { landSource, tableFreshness } from './land-source.ts'
import { exchanges } from './left-over.ts'
import { loadInto } from './load-files.ts'
import { dropStatement, hasSchema, objectsIn } from './objects.ts'
import { createOwnTable } from './own-tables.ts'
import { publish } from './publish.ts'
import { openRawTable } from './raw-table.ts'
import { SnowflakeSession } from './session.ts'
import type { SnowflakeSettings } from './settings.ts'
import { snowflakeSharing } from './sharing.ts'
import { passwordWarning } from './sign-in.ts'
import { foundTable, relationsIn, standingOf } from './standing.ts'
import { tableGrants } from './table-grants.ts'

/** Snowflake, through its driver. What stands is asked for by SHOW and DESCRIBE, which need no warehouse. */
export class SnowflakeWarehouse implements Warehouse {
  readonly dialect = snowflake
  readonly describe: string
  readonly countsTogether = true
  readonly billing: Billing
  readonly grants: TableGrants = tableGrants
  readonly exchanges: Exchanges = exchanges
  readonly sharing: Sharing
  readonly warnings: readonly string[]

  private constructor(
    private readonly connections: Connections,
    private readonly settings: SnowflakeSettings,
    retries: RetryOptions,
  ) {
    this.describe = `Snowflake, account ${settings.account}, database ${settings.database}`
    this.sharing = snowflakeSharing(settings, retries, () => this.connect())
    this.warnings = settings.signIn.kind === 'password' ? [`the target ${passwordWarning}`] : []
    this.billing = { estimate: sql => this.estimate(sql) }
  }

  /** Makes ready to sign in; nothing is sent yet. Throws `ProblemsError` where the driver is not installed, or cannot sign in as the settings say. */
  static async open(settings: SnowflakeSettings, retries: RetryOptions = patiently): Promise<SnowflakeWarehouse> {
    return new SnowflakeWarehouse(await Connections.open(settings, retries), settings, retries)
  }

  connect(): Promise<SnowflakeSession> {
    return SnowflakeSession.open(this.connections)
  }

  async checkSource(session: Session, table: CompiledSourceTable): Promise<void> {
    const { location } = table
    if (location.notLoaded) return
    if (location.table === undefined) return checkRawFiles(table)
    await openRawTable(session, table, location, this.settings.database)
  }

  land(session: Session, table: CompiledSourceTable, fence: Fence | undefined): Promise<Landed> {
    return landSource(own(session), table, this.settings, fence)
  }

  async freshness(session: Session, table: CompiledSourceTable, asOf: string): Promise<RawFreshness> {
    const { location } = table
    if (location.notLoaded) return { rowCount: 0, latestAt: undefined }
    if (location.table === undefined) return filesFreshness(table, asOf)
    return tableFreshness(session, table, location, this.settings.database, asOf)
  }

  loadSeed(
    session: Session,
    file: string,
    columns: Readonly<Record<string, ColumnType>>,
    into: TableName,
  ): Promise<void> {
    return loadSeed(file, columns, into, loadInto(own(session), this.settings))
  }

  /** A role that may make none builds into those that are there. */
  async createSchemas(session: Session, schemas: readonly SchemaName[]): Promise<void> {
    const { transient, retentionDays, tags } = this.settings
    const retention = retentionDays === undefined ? '' : ` data_retention_time_in_days = ${retentionDays}`
    const tagged = tagClause(tags).trimEnd()
    for (const schema of schemas) {
      if (await hasSchema(session, schema)) continue
      const kind = transient ? 'transient schema' : 'schema'
      const clauses = `${retention}${tagged === '' ? '' : ` ${tagged}`}`
      await session.execute(`create ${kind} if not exists ${schemaPath(schema)}${clauses}`)
    }
  }

  /** What stands in it is worth nothing tomorrow: it has no past that could be read, and no fail-safe. */
  async clearScratch(session: Session, schema: SchemaName): Promise<void> {
    const left = await objectsIn(session, schema)
    if (left === undefined) {
      await session.execute(
        `create transient schema if not exists ${schemaPath(schema)} data_retention_time_in_days = 0`,
      )
      return
    }
    for (const object of left) await session.execute(dropStatement({ ...schema, name: object.name }, object))
  }

  createOwnTable(session: Session, table: OwnTable): Promise<void> {
    return createOwnTable(session, table, kindOf(this.settings))
  }

  /** Snowflake reads the present rows to the end before it puts the new ones in their place. */
  renewal(table: TableName, query: Query): { readonly statement: string; readonly swap: readonly string[] } {
    return { statement: createTable(table, query), swap: [] }
  }

  publish(session: Session, publication: Publication): Promise<Published> {
    return publish(session, publication, this.settings)
  }

  async contractChange(session: Session, model: CompiledModel): Promise<ContractChange> {
    return publicationChange(model, await this.standing(session, model.table))
  }

  writeRow(session: Session, row: KeyedRow, fence: Fence | undefined): Promise<void> {
    return fencedTransaction(session, rowStatements(row), fence)
  }

  async standing(session: Session, table: TableName): Promise<Standing | undefined> {
    const found = await foundTable(session, table)
    return found && standingOf(found)
  }

  async standingAll(session: Session, schemas: readonly SchemaName[]): Promise<ReadonlyMap<string, StandingRelation>> {
    const found: StandingRelation[] = []
    for (const schema of schemas) found.push(...(await relationsIn(session, schema)))
    return new Map(found.map(relation => [tableLabel(relation.table), relation]))
  }

  close(): Promise<void> {
    return this.connections.close()
  }

  /** Readers read the tables themselves. */
  async publishToReaders(): Promise<void> {}

  /** Each in a session of its own, since several are asked at a time. */
  private async estimate(sql: string): Promise<Estimate> {
    const session = await this.connect()
    try {
      return await estimate(session, sql)
    } finally {
      session.close()
    }
  }
}

function own(session: Session): SnowflakeSession {
  if (session instanceof SnowflakeSession) return session
  throw new Error('the session is of another warehouse')
}
