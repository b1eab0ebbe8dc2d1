import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { pathToFileURL } from 'node:url'
import type { Binds } from 'snowflake-sdk'
import {
  type Cell,
  type DescribedColumn,
  type LaterCost,
  type Purpose,
  type Row,
  type Session,
  type StatementCost,
  WarehouseError,
} from '../warehouse.ts'
import { describedColumn } from './cells.ts'
import type { Answer, Connection, Running, Sent } from './connection.ts'
import type { Connections } from './connections.ts'
import { isConnectionLost, isSessionLost, SnowflakeError, statementError } from './errors.ts'
import { again, type Line, send, stop, transactionMayPass } from './statements.ts'
import { textCells } from './text-cells.ts'
import { toldCosts } from './told-costs.ts'

/** Statements one after the other, each with a tag that says the run, the model and who runs it. */
export class SnowflakeSession implements Session {
  private purpose: Purpose = { runId: randomUUID(), node: 'looking' }
  private taken: StatementCost[] = []
  /** The statement of the moment: a later one, which clears away, is not stopped with it. */
  private running: Running = { statement: undefined, isStopped: false }
  private isInTransaction = false

  constructor(
    private readonly connections: Connections,
    private connection: Connection,
  ) {}

  begin(purpose: Purpose): void {
    this.purpose = purpose
    this.taken = []
  }

  costs(): readonly StatementCost[] {
    return this.taken
  }

  async laterCosts(): Promise<ReadonlyMap<string, LaterCost>> {
    // The question itself is no part of what it asks of.
    this.taken = []
    return toldCosts(this, this.connections.settings.database)
  }

  async execute(sql: string): Promise<void> {
    await this.run({ sql })
  }

  async query(sql: string): Promise<readonly Row[]> {
    const rows: Row[] = []
    for await (const row of this.stream(sql)) rows.push(row)
    return rows
  }

  /** Rows as they come in: no more of an answer is held than the driver fetches ahead. */
  async *stream(sql: string): AsyncGenerator<Row> {
    const answer = await this.run({ sql })
    try {
      yield* answer.rows()
    } catch (error) {
      throw asWarehouseError(error, sql)
    }
  }

  async describe(sql: string): Promise<readonly DescribedColumn[]> {
    const { columns } = await this.run({ sql, describeOnly: true })
    return columns.map(describedColumn)
  }

  /** Of statements that change rows alone: any other commits what came before it. */
  async transaction(statements: readonly string[]): Promise<void> {
    await again(() => this.transactionOnce(statements), transactionMayPassAsTold, this.connections.retries)
  }

  /** Runs a statement that changes rows; gives how many. */
  async change(sql: string): Promise<number> {
    return (await this.run({ sql })).changedCount
  }

  /** Puts a file into a stage, under its own name and as it is, in place of one of that name. */
  async put(file: string, stage: string): Promise<void> {
    const path = pathToFileURL(file).pathname
    const sql = `put 'file://${decodeURIComponent(path).replaceAll("'", "\\'")}' ${stage} auto_compress = false overwrite = true`
    const [answer] = await this.query(sql)
    if (answer?.status === 'UPLOADED') return
    throw new WarehouseError(`${file} could not be put into ${stage}: ${answer?.message || answer?.status}`, {
      sql,
      kind: 'connection',
    })
  }

  /**
   * Inserts rows by `insert into t (a, b) values (?, ?)`, the one kind of statement that takes many rows at a time; each cell comes there as
   * text or NULL. Gives how many were inserted.
   */
  async insertRows(sql: string, rows: readonly (readonly Cell[])[]): Promise<number> {
    let inserted = 0
    for (const binds of textCells(rows)) inserted += (await this.run({ sql, binds })).changedCount
    return inserted
  }

  interrupt(): string | undefined {
    const { running } = this
    running.isStopped = true
    const { statement } = running
    if (statement === undefined) return undefined
    void stop(running, this.connections.retries)
    const queryId = statement.getQueryId()
    return queryId === undefined ? `Snowflake request ${statement.getRequestId()}` : `Snowflake query ${queryId}`
  }

  close(): void {
    this.connections.giveBack(this.connection)
  }

  private async transactionOnce(statements: readonly string[]): Promise<void> {
    await this.execute('begin')
    this.isInTransaction = true
    try {
      for (const statement of statements) await this.execute(statement)
      await this.commit()
    } catch (error) {
      this.isInTransaction = false
      await this.undo(error)
      throw error
    } finally {
      this.isInTransaction = false
    }
  }

  /** What is open in a session that does not answer, Snowflake undoes by itself after five minutes. */
  private async undo(error: unknown): Promise<void> {
    if (error instanceof WarehouseError && isConnectionLost(error.cause)) return this.connection.abandon()
    if (!this.connection.isUp) return
    await this.run({ sql: 'rollback' }).catch(() => this.connection.abandon())
  }

  private async commit(): Promise<void> {
    try {
      await this.execute('commit')
    } catch (error) {
      if (!(error instanceof WarehouseError) || !isSessionLost(error.cause)) throw error
      const message =
        'the session was lost while its transaction was committed: whether it was is told by what stands now'
      throw new WarehouseError(message, { kind: 'connection', cause: error })
    }
  }

  private async run(statement: StatementParts): Promise<Answer> {
    const running: Running = { statement: undefined, isStopped: false }
    this.running = running
    const started = performance.now()
    try {
      if (!this.connection.isUp && !this.isInTransaction) await this.renew()
      await this.chooseWarehouse()
      const answer = await send(
        this.line(),
        { ...statement, queryTag: this.queryTag() },
        running,
        this.connections.retries,
      )
      this.taken.push(costOf(answer, performance.now() - started))
      return answer
    } catch (error) {
      if (running.isStopped)
        throw new WarehouseError('the statement was stopped', { kind: 'interrupted', cause: error })
      throw asWarehouseError(error, statement.sql)
    }
  }

  private line(): Line {
    const session = this
    return {
      get connection() {
        return session.connection
      },
      isInTransaction: this.isInTransaction,
      renew: async () => {
        await this.renew()
        await this.chooseWarehouse()
      },
      resume: () => this.resumeWarehouse(),
    }
  }

  private async renew(): Promise<void> {
    this.connection = await this.connections.renew(this.connection)
  }

  /** The warehouse of the purpose's model, else that of all. */
  private get warehouse(): string | undefined {
    const { models, warehouse } = this.connections.settings
    const { model } = this.purpose
    return (model === undefined ? undefined : models[model]?.warehouse) ?? warehouse
  }

  private async chooseWarehouse(): Promise<void> {
    const { warehouse } = this
    const chosen = this.connection.warehouse ?? this.connections.settings.warehouse
    if (warehouse === undefined || warehouse === chosen || this.isInTransaction) return
    await this.sendAlone(`use warehouse ${warehouse}`)
    this.connection.warehouse = warehouse
  }

  private async resumeWarehouse(): Promise<boolean> {
    const { warehouse } = this
    if (warehouse === undefined) return false
    try {
      await this.sendAlone(`alter warehouse ${warehouse} resume if suspended`)
      return true
    } catch (error) {
      if (error instanceof SnowflakeError) return false
      throw error
    }
  }

  private async sendAlone(sql: string): Promise<void> {
    const running: Running = { statement: undefined, isStopped: false }
    await this.connection.send({ sql, requestId: randomUUID(), queryTag: this.queryTag() }, running)
  }

  private queryTag(): string {
    const { runId, node, model, owner = thisProcess } = this.purpose
    return JSON.stringify({ app: 'throughline', run: runId, node: node.slice(0, longestName), model, owner })
  }
}

type StatementParts = Omit<Sent, 'requestId' | 'queryTag'> & { readonly binds?: Binds }

/** A tag has two thousand characters. */
const longestName = 300

/** Where no run says it. */
const thisProcess = `${hostname()}, process ${process.pid}`

function asWarehouseError(error: unknown, sql: string): unknown {
  return error instanceof SnowflakeError ? statementError(error, sql) : error
}

function transactionMayPassAsTold(error: unknown): boolean {
  return error instanceof WarehouseError && error.errorKind !== 'interrupted' && transactionMayPass(error.cause)
}

function costOf({ queryId, changedCount }: Answer, milliseconds: number): StatementCost {
  return { jobId: queryId, rowsAffected: changedCount, elapsedMilliseconds: Math.round(milliseconds) }
}
