import { randomUUID } from 'node:crypto'
import type { TableName } from '../../compile/compiled.ts'
import { tableLabel } from '../../compile/naming.ts'
import type { DescribedColumn, Purpose, Row, Session, StatementCost } from '../warehouse.ts'
import { rowOf } from './cells.ts'
import { describedColumn } from './fields.ts'
import { costOf, type EndedJob, type Jobs, type PlannedJob, pageSize } from './jobs.ts'
import type { FieldResource } from './resources.ts'
import { Running } from './running.ts'
import { type BigQuerySettings, settingsFor } from './settings.ts'

/** Jobs one after the other, each named by the run, by what it is for, and by its place: `throughline_run-7_model-sessions_3`. */
export class BigQuerySession implements Session {
  private purpose: Purpose = { runId: randomUUID(), node: 'looking' }
  private count = 0
  private taken: StatementCost[] = []
  /** The job of the moment: a later one, which clears away, is not stopped with it. */
  private running = new Running()
  private endsByItself = false

  constructor(
    private readonly jobs: Jobs,
    /** Of all jobs. */
    private readonly general: BigQuerySettings,
    /** Of those of the purpose. */
    private settings = general,
  ) {}

  begin(purpose: Purpose): void {
    this.purpose = purpose
    this.settings = settingsFor(this.general, purpose.model)
    this.count = 0
    this.taken = []
  }

  costs(): readonly StatementCost[] {
    return this.taken
  }

  async execute(sql: string): Promise<void> {
    await this.runQuery(sql, {}, 0)
  }

  /** The same for statements that belong together and take no time: once their job is begun, an interrupt lets it end. */
  async executeWhole(sql: string): Promise<void> {
    this.endsByItself = true
    try {
      await this.execute(sql)
    } finally {
      this.endsByItself = false
    }
  }

  async change(sql: string): Promise<number> {
    const { job } = await this.runQuery(sql, {}, 0)
    return Number(job.statistics?.query?.numDmlAffectedRows ?? 0)
  }

  async query(sql: string): Promise<readonly Row[]> {
    const ended = await this.runQuery(sql, {}, pageSize)
    const fields = ended.rows?.schema?.fields ?? []
    const rows: Row[] = []
    for await (const page of this.jobs.pages(ended, sql, this.running)) {
      for (const row of page.rows ?? []) rows.push(rowOf(row, fields))
    }
    return rows
  }

  async describe(sql: string): Promise<readonly DescribedColumn[]> {
    const job = await this.jobs.dryRun(sql)
    return (job.statistics?.query?.schema?.fields ?? []).map(describedColumn)
  }

  /** One job; of statements that change rows alone. */
  transaction(statements: readonly string[]): Promise<void> {
    return this.execute(['begin transaction', ...statements, 'commit transaction', ''].join(';\n'))
  }

  /** Replaces the rows of a table that stands by those of a query, in one step; all else about the table stays. */
  async overwriteRows(table: TableName, sql: string): Promise<void> {
    const { schema: datasetId, name: tableId, database } = table
    const projectId = database ?? this.settings.project
    const destination = {
      destinationTable: { projectId, datasetId, tableId },
      createDisposition: 'CREATE_NEVER',
      writeDisposition: 'WRITE_TRUNCATE_DATA',
    }
    await this.runQuery(sql, destination, 0)
  }

  /** Loads a file of JSON lines in place of the table, its columns as given: with those that stood there, their policies go. */
  loadLines(file: string, fields: readonly FieldResource[], table: TableName): Promise<void> {
    return this.load(file, table, {
      schema: { fields },
      createDisposition: 'CREATE_IF_NEEDED',
      writeDisposition: 'WRITE_TRUNCATE',
    })
  }

  /** Replaces the rows of a table that stands by those of a file of JSON lines, in one step; all else about the table stays. */
  loadLinesInto(table: TableName, file: string): Promise<void> {
    return this.load(file, table, { createDisposition: 'CREATE_NEVER', writeDisposition: 'WRITE_TRUNCATE_DATA' })
  }

  private async load(file: string, table: TableName, how: object): Promise<void> {
    const { schema: datasetId, name: tableId, database } = table
    const load = {
      destinationTable: { projectId: database ?? this.settings.project, datasetId, tableId },
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      autodetect: false,
      maxBadRecords: 0,
      ...how,
    }
    await this.run({ ...this.plan({ load }), sql: `load ${tableLabel(table)}`, file, maxResults: 0 })
  }

  interrupt(): string | undefined {
    const { jobId } = this.running
    if (jobId === undefined || this.endsByItself) return undefined
    this.running.stop()
    void this.jobs.cancel(jobId)
    return `BigQuery job ${jobId}`
  }

  close(): void {}

  private runQuery(sql: string, more: object, maxResults: number): Promise<EndedJob> {
    const { priority, maximumBytesBilled } = this.settings
    const query = {
      query: sql,
      useLegacySql: false,
      priority: priority.toUpperCase(),
      ...(maximumBytesBilled === undefined ? {} : { maximumBytesBilled: String(maximumBytesBilled) }),
      ...more,
    }
    return this.run({ ...this.plan({ query }), sql, maxResults })
  }

  private plan(kind: object): Pick<PlannedJob, 'id' | 'configuration'> {
    const { labels, jobTimeoutSeconds } = this.settings
    const { runId, node } = this.purpose
    this.count += 1
    return {
      id: jobIdOf(runId, node, String(this.count)),
      configuration: {
        ...kind,
        labels: { ...labels, throughline_run: labelOf(runId), throughline_node: labelOf(node) },
        ...(jobTimeoutSeconds === undefined ? {} : { jobTimeoutMs: String(jobTimeoutSeconds * 1000) }),
      },
    }
  }

  private async run(planned: PlannedJob): Promise<EndedJob> {
    this.running = new Running()
    const ended = await this.jobs.run(planned, this.running)
    this.taken.push(costOf(ended, this.settings.usdPerTib))
    return ended
  }
}

/** A session that this warehouse has opened. */
export function own(session: Session): BigQuerySession {
  if (session instanceof BigQuerySession) return session
  throw new Error('the session is of another warehouse')
}

/** `throughline_run-7_model-sessions_3`; without all of its parts, how the ids of a run begin. */
export function jobIdOf(...parts: readonly [runId: string, ...others: string[]]): string {
  return ['throughline', ...parts].map(part => part.replace(/[^A-Za-z0-9_-]+/g, '-')).join('_')
}

/** Text as a label's value may be: lower case, letters, digits, `_` and `-`, at most 63. */
function labelOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}_-]+/gu, '-')
    .slice(0, 63)
}
