import type { ColumnType } from '../../authoring/column-type.ts'
import type { CompiledModel, CompiledSourceTable, Query, SchemaName, TableName } from '../../compile/compiled.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import { tableLabel } from '../../compile/naming.ts'
import type { ContractChange } from '../contract-change.ts'
import { checkRawFiles, filesFreshness } from '../local-files.ts'
import { patiently, type RetryOptions } from '../retries.ts'
import type { Fence, Sharing } from '../sharing.ts'
import { createTable } from '../statements.ts'
import type {
  Billing,
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
  TableRequests,
  Warehouse,
} from '../warehouse.ts'
import { Api } from './api.ts'
import { type Check, checks } from './checks.ts'
import { fieldOf } from './fields.ts'
import { estimateOf, Jobs } from './jobs.ts'
import { landSource, tableFreshness } from './land-source.ts'
import { exchanges } from './left-over.ts'
import { loadSeedFile } from './load-files.ts'
import { openClient } from './open-client.ts'
import { changeOf, publish } from './publish.ts'
import { openRawTable } from './raw-table.ts'
import { RowMerger } from './row-merger.ts'
import { BigQuerySession, own } from './session.ts'
import type { BigQuerySettings } from './settings.ts'
import { bigquerySharing } from './sharing.ts'
import { relationOf, standingOf } from './standing.ts'
import { stopJobs } from './stop-jobs.ts'
import { tableGrants } from './table-grants.ts'
import { tableRequests } from './table-requests.ts'
import { Tables } from './tables.ts'

/** BigQuery, through Google's client. Each statement is a job; tables and datasets are asked for as resources, which costs nothing. */
export class BigQueryWarehouse implements Warehouse {
  readonly dialect = bigquery
  readonly describe: string
  readonly countsTogether = true
  readonly billing: Billing
  readonly grants: TableGrants
  readonly requests: TableRequests
  readonly exchanges: Exchanges
  readonly sharing: Sharing
  private readonly tables: Tables
  private readonly jobs: Jobs
  private readonly statusRows = new RowMerger()

  private constructor(
    private readonly api: Api,
    private readonly settings: BigQuerySettings,
    retries: RetryOptions,
  ) {
    this.describe = `BigQuery, project ${settings.project}, ${settings.location}`
    this.tables = new Tables(api, settings)
    this.grants = tableGrants(this.tables)
    this.requests = tableRequests(this.tables)
    this.exchanges = exchanges(this.tables)
    this.jobs = new Jobs(api, settings, retries)
    // A lease that waits for slots would be lost meanwhile.
    const leaseSettings: BigQuerySettings = { ...settings, priority: 'interactive' }
    const connect = () => new BigQuerySession(this.jobs, leaseSettings)
    this.sharing = bigquerySharing(this.tables, settings, connect, (prefix, onOwnOnly) =>
      stopJobs(prefix, { api, settings, retries }, onOwnOnly),
    )
    this.billing = { estimate: async sql => estimateOf(await this.jobs.dryRun(sql), settings.usdPerTib) }
  }

  /** Makes ready to ask; nothing is sent yet. Throws `ProblemsError` where Google's client is not installed, or cannot sign in as the settings say. */
  static async open(settings: BigQuerySettings, retries: RetryOptions = patiently): Promise<BigQueryWarehouse> {
    return new BigQueryWarehouse(new Api(await openClient(settings), retries), settings, retries)
  }

  async connect(): Promise<BigQuerySession> {
    return new BigQuerySession(this.jobs, this.settings)
  }

  async checkSource(_session: Session, table: CompiledSourceTable): Promise<void> {
    const { location } = table
    if (location.notLoaded) return
    if (location.table === undefined) return checkRawFiles(table)
    await openRawTable(this.tables, table, location)
  }

  land(session: Session, table: CompiledSourceTable, fence: Fence | undefined): Promise<Landed> {
    return landSource(own(session), this.tables, table, fence)
  }

  async freshness(session: Session, table: CompiledSourceTable, asOf: string): Promise<RawFreshness> {
    const { location } = table
    if (location.notLoaded) return { rowCount: 0, latestAt: undefined }
    if (location.table === undefined) return filesFreshness(table, asOf)
    return tableFreshness(own(session), this.tables, table, location, asOf)
  }

  loadSeed(
    session: Session,
    file: string,
    columns: Readonly<Record<string, ColumnType>>,
    into: TableName,
  ): Promise<void> {
    return loadSeedFile(own(session), file, columns, into)
  }

  async createSchemas(_session: Session, schemas: readonly SchemaName[]): Promise<void> {
    for (const schema of schemas) {
      if (!(await this.tables.hasDataset(schema))) await this.tables.createDataset(schema, 'lasting')
    }
  }

  /** The dataset itself stays, so that an account without the right to make datasets can build. */
  async clearScratch(_session: Session, schema: SchemaName): Promise<void> {
    const left = await this.tables.list(schema)
    if (left === undefined) return this.tables.createDataset(schema, 'scratch')
    for (const { tableReference } of left) await this.tables.drop({ ...schema, name: tableReference.tableId })
  }

  async createOwnTable(_session: Session, { table, description, columns }: OwnTable): Promise<void> {
    const fields = columns.map(column => fieldOf(column.name, column.type, column.description))
    const standing = await this.tables.find(table)
    if (standing === undefined) return this.tables.insert(table, { description, schema: { fields } })
    const known = standing.schema?.fields ?? []
    const lacking = fields.filter(({ name }) => !known.some(field => field.name === name))
    if (lacking.length > 0) await this.tables.patch(table, { schema: { fields: [...known, ...lacking] } })
  }

  /** BigQuery reads the present rows to the end before it puts the new ones in their place. */
  renewal(table: TableName, query: Query): { readonly statement: string; readonly swap: readonly string[] } {
    return { statement: createTable(table, query), swap: [] }
  }

  publish(session: Session, publication: Publication): Promise<Published> {
    return publish(own(session), this.tables, publication, {
      settings: this.settings,
      statusRows: this.statusRows,
    })
  }

  async contractChange(_session: Session, model: CompiledModel): Promise<ContractChange> {
    const live = await this.tables.find(model.table)
    return changeOf(model, live, live && standingOf(live))
  }

  writeRow(session: Session, row: KeyedRow, fence: Fence | undefined): Promise<void> {
    return new RowMerger().merge(own(session), row, fence)
  }

  async standing(_session: Session, table: TableName): Promise<Standing | undefined> {
    const found = await this.tables.find(table)
    return found && standingOf(found)
  }

  async standingAll(_session: Session, schemas: readonly SchemaName[]): Promise<ReadonlyMap<string, StandingRelation>> {
    const found: StandingRelation[] = []
    for (const schema of schemas) found.push(...(await this.tables.findAll(schema)).map(relationOf))
    return new Map(found.map(relation => [tableLabel(relation.table), relation]))
  }

  /** What a build into these datasets stands on, looked at piece by piece. */
  checks(schemas: readonly SchemaName[]): AsyncGenerator<Check> {
    return checks(this.api, this.jobs, this.settings, schemas)
  }

  /** Nothing is kept open. */
  async close(): Promise<void> {}

  /** Readers read the tables themselves. */
  async publishToReaders(): Promise<void> {}
}
