import { randomUUID } from 'node:crypto'
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
import type { Answer, Connection, Sent } from './connection.ts'
import type { Connections } from './connections.ts'
import {
  interrupted,
  isConnectionLost,
  isSessionLost,
  isWithoutWarehouse,
  SnowflakeError,
  statementError,
  stoppedBefore,
} from './errors.ts'
import { queryTag } from './query-tag.ts'
import { quoted } from './raw-values.ts'
import { Running } from './running.ts'
import { again, cancelRunning, type Line, send, transactionMayPass } from './statements.ts'
import { textCells } from './text-cells.ts'
import { toldCosts } from './told-costs.ts'

/** Statements one after the other, each with a tag that says the run, the model and who runs it. */
export class SnowflakeSession implements Session {
  private purpose: Purpose = { runId: randomUUID(), node: 'looking' }
  private taken: StatementCost[] = []
  /** The statement or transaction of the moment: a later one, which clears away, is not stopped with it. */
  private running = new Running()
  private isInTransaction = false
  private signInsAgain = 0

  constructor(
    private readonly connections: Connections,
    private connection: Connection,
  ) {}

  /** Throws `WarehouseError` where the sign-in is refused. */
  static async open(connections: Connections): Promise<SnowflakeSession> {
    return new SnowflakeSession(connections, await connections.take())
  }

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
    const running = this.beginToRun()
    const answer = await this.run({ sql }, running)
    try {
      yield* answer.rows()
    } catch (error) {
      throw failureOf(error, sql, running)
    }
  }

  async describe(sql: string): Promise<readonly DescribedColumn[]> {
    const { columns } = await this.run({ sql, describeOnly: true })
    return columns.map(describedColumn)
  }

  /** Of statements that change rows alone: any other commits what came before it. It is stopped as one: what it did is undone, and nothing more of it begun. */
  async transaction(statements: readonly string[]): Promise<void> {
    const running = this.beginToRun()
    let hasResumed = false
    const mayPass = async (error: unknown): Promise<boolean> => {
      if (!(error instanceof WarehouseError) || error.errorKind === 'interrupted') return false
      if (!isWithoutWarehouse(error.cause) || hasResumed) return transactionMayPass(error.cause)
      // Only here, where nothing is open any more: to wake a warehouse commits.
      hasResumed = true
      const isAwake = await this.resumeWarehouse(running)
      // One that was stopped meanwhile ends as what is stopped, not as what has no warehouse.
      return isAwake || running.isStopped
    }
    await again(() => this.transactionOnce(statements, running), mayPass, running, this.connections.retries)
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
    const running = this.beginToRun()
    let inserted = 0
    for (const binds of textCells(rows)) inserted += (await this.run({ sql, binds }, running)).changedCount
    return inserted
  }

  interrupt(): string | undefined {
    const { running } = this
    running.stop()
    const { statement } = running
    if (statement === undefined) return undefined
    void cancelRunning(running, this.connections.retries)
    const queryId = statement.getQueryId()
    return queryId === undefined ? `Snowflake request ${statement.getRequestId()}` : `Snowflake query ${queryId}`
  }

  /** How often it has signed in again: what only the session before knew, a temporary stage, is gone. */
  get renewals(): number {
    return this.signInsAgain
  }

  /** Snowflake's words where the session may not choose its secondary roles. */
  get secondaryRolesRefusal(): string | undefined {
    return this.connection.secondaryRolesRefusal
  }

  close(): void {
    this.connections.giveBack(this.connection)
  }

  private async transactionOnce(statements: readonly string[], running: Running): Promise<void> {
    await this.run({ sql: 'begin', isOfItsSession: true }, running)
    this.isInTransaction = true
    try {
      for (const sql of statements) await this.run({ sql }, running)
      await this.commit(running)
    } catch (error) {
      this.isInTransaction = false
      await this.undo(error)
      throw error
    } finally {
      this.isInTransaction = false
    }
  }

  /** What is open in a session that does not answer, Snowflake undoes by itself: what runs ends after five minutes, what is open after five more. */
  private async undo(error: unknown): Promise<void> {
    if (error instanceof WarehouseError && isConnectionLost(error.cause)) return this.connection.abandon()
    if (!this.connection.isUp) return
    // A stop meanwhile is one of the transaction, which is not begun again; what undoes it runs to its end.
    await this.run({ sql: 'rollback' }, new Running()).catch(() => this.connection.abandon())
  }

  private async commit(running: Running): Promise<void> {
    try {
      await this.run({ sql: 'commit' }, running)
    } catch (error) {
      if (!(error instanceof WarehouseError) || !isSessionLost(error.cause)) throw error
      const message =
        'the session was lost while its transaction was committed: whether it was is told by what stands now'
      throw new WarehouseError(message, { kind: 'connection', cause: error })
    }
  }

  /** What is stopped by an interrupt from here on. */
  private beginToRun(): Running {
    this.running = new Running()
    return this.running
  }

  private async run(statement: StatementParts, running = this.beginToRun()): Promise<Answer> {
    const started = performance.now()
    try {
      if (running.isStopped) throw stoppedBefore()
      if (!this.connection.isUp && !this.isInTransaction) await this.renew()
      const answer = await send(
        this.line(),
        { ...statement, queryTag: queryTag(this.purpose) },
        running,
        this.connections.retries,
      )
      this.taken.push(costOf(answer, performance.now() - started))
      return answer
    } catch (error) {
      throw failureOf(error, statement.sql, running)
    }
  }

  private line(): Line {
    const session = this
    return {
      get connection() {
        return session.connection
      },
      isInTransaction: this.isInTransaction,
      prepare: running => this.chooseWarehouse(running),
      renew: () => this.renew(),
      resume: running => this.resumeWarehouse(running),
    }
  }

  private async renew(): Promise<void> {
    this.connection = await this.connections.renew(this.connection)
    this.signInsAgain += 1
  }

  /** The warehouse of the purpose's model, else that of all. */
  private get warehouse(): string | undefined {
    const { models, warehouse } = this.connections.settings
    const { model } = this.purpose
    return (model === undefined ? undefined : models[model]?.warehouse) ?? warehouse
  }

  private async chooseWarehouse(running: Running): Promise<void> {
    if (this.isInTransaction) return
    const { connection, warehouse } = this
    const ofSignIn = this.connections.settings.warehouse
    if (warehouse === undefined && connection.warehouse !== undefined) return this.chooseOwnWarehouse(running)
    if (warehouse === undefined || warehouse === (connection.warehouse ?? ofSignIn)) return
    if (ofSignIn === undefined && connection.ownWarehouse === undefined)
      connection.ownWarehouse = await this.askOwnWarehouse(running)
    await this.sendAlone(`use warehouse ${warehouse}`, running)
    connection.warehouse = warehouse
  }

  /** That of the sign-in, where a model has chosen another and the target names none. */
  private async chooseOwnWarehouse(running: Running): Promise<void> {
    const { ownWarehouse } = this.connection
    // Who has none cannot choose none: a new session has none again.
    if (typeof ownWarehouse !== 'string') return this.renew()
    await this.sendAlone(`use warehouse ${ownWarehouse}`, running)
    this.connection.warehouse = undefined
  }

  private async askOwnWarehouse(running: Running): Promise<string | null> {
    const answer = await this.sendAlone('select current_warehouse() as name', running)
    for await (const { name } of answer.rows()) if (typeof name === 'string') return quoted(name)
    return null
  }

  private async resumeWarehouse(running: Running): Promise<boolean> {
    const warehouse = this.warehouse ?? this.connection.ownWarehouse
    if (typeof warehouse !== 'string') return false
    try {
      await this.sendAlone(`alter warehouse ${warehouse} resume if suspended`, running)
      return true
    } catch (error) {
      if (error instanceof SnowflakeError) return false
      throw error
    }
  }

  /** What another statement needs beforehand; it is stopped with it. */
  private sendAlone(sql: string, running: Running): Promise<Answer> {
    if (running.isStopped) throw stoppedBefore()
    return this.connection.send({ sql, requestId: randomUUID(), queryTag: queryTag(this.purpose) }, running)
  }
}

type StatementParts = Omit<Sent, 'requestId' | 'queryTag'> & { readonly binds?: Binds }

function failureOf(error: unknown, sql: string, running: Running): unknown {
  if (running.isStopped) return interrupted(error)
  return error instanceof SnowflakeError ? statementError(error, sql) : error
}

function costOf({ queryId, changedCount }: Answer, milliseconds: number): StatementCost {
  return { jobId: queryId, rowsAffected: changedCount, elapsedMilliseconds: Math.round(milliseconds) }
}
