import { type Binds, rowCountOf, withBinds, withManyRows } from './binds.ts'
import { appends, changedTable, Locks, writes } from './locks.ts'
import { countColumn, executed, type Result, statementTypes } from './results.ts'
import { cancelled, ServiceError } from './service-error.ts'
import { settingsAnswer } from './session-settings.ts'
import type { Session } from './sessions.ts'
import { codeOf, firstWord } from './sql-text.ts'
import type { Asked, Statement } from './statements.ts'
import type { ToldAnswers } from './told-answers.ts'

/** Twelve hours, as the service has it. */
const lockTimeoutSeconds = 43_200

/** Runs statements in the engine, their transactions and locks as the service has them. */
export class Runner {
  private readonly locks = new Locks()
  private lastWrite: Promise<unknown> = Promise.resolve()

  constructor(private readonly told: ToldAnswers) {}

  /** Throws `ServiceError`. */
  async run(session: Session, asked: Asked, statement: Statement, stop: AbortSignal): Promise<Result> {
    const { sql, binds, describeOnly = false } = asked
    const answer = this.told.of(sql) ?? settingsAnswer(sql, session.settings)
    if (answer !== undefined) return answer
    // fakesnow knows no policies: it is as an account without the function, unless a test tells the answer.
    if (/\bpolicy_references\s*\(/i.test(codeOf(sql)))
      throw new ServiceError(
        '002141',
        '42601',
        'SQL compilation error: Unknown user-defined function POLICY_REFERENCES',
      )
    const isChange = writes(sql) && !describeOnly
    try {
      if (isChange) await this.lock(session, sql, stop)
      const work = async (): Promise<Result> => {
        statement.state = 'running'
        statement.runs += 1
        if (isTransactional(sql)) return transact(session, firstWord(sql))
        if (isChange) await beforeChange(session, sql)
        return withColumns(await runBound(session, sql, binds, describeOnly))
      }
      const result = await (isChange ? this.inTurn(work, stop) : work())
      const [, warehouse] = /^\s*use\s+warehouse\s+(\w+)/i.exec(sql) ?? []
      if (warehouse !== undefined) session.warehouse = warehouse.toUpperCase()
      return result
    } finally {
      if (session.transaction === 'none') this.release(session)
    }
  }

  /** What it locked is free again. */
  release(session: Session): void {
    this.locks.release(session)
  }

  private async lock(session: Session, sql: string, stop: AbortSignal): Promise<void> {
    const { engine, settings } = session
    const table = changedTable(sql, engine.database, engine.schema)
    if (table === undefined || appends(sql)) return
    await this.locks.take(table, session, Number(settings.get('LOCK_TIMEOUT') ?? lockTimeoutSeconds), stop)
  }

  /** DuckDB refuses what two change at once, where the service lets one wait. */
  private inTurn<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T> {
    const turn = unless(stop, this.lastWrite).then(work)
    this.lastWrite = Promise.all([this.lastWrite, turn.catch(() => undefined)])
    return turn
  }
}

/** What is waited for, unless it is stopped before. */
export function unless<T>(stop: AbortSignal, waited: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => reject(cancelled())
    if (stop.aborted) stopped()
    stop.addEventListener('abort', stopped, { once: true })
    waited.then(resolve, reject).finally(() => stop.removeEventListener('abort', stopped))
  })
}

const isTransactional = (sql: string): boolean => ['BEGIN', 'COMMIT', 'ROLLBACK'].includes(firstWord(sql))

/** What begins twice goes on, and what ends twice is no error. */
async function transact(session: Session, word: string): Promise<Result> {
  if (word === 'BEGIN') {
    if (session.transaction === 'none') session.transaction = 'asked'
    return executed
  }
  if (session.transaction === 'begun') await session.engine.run(word)
  session.transaction = 'none'
  return executed
}

/**
 * A transaction begins in the engine only here, when it has the lock of what it changes: DuckDB shows it the tables as they were when it began and
 * refuses to change what another has changed since, where the service shows each statement what is committed. A definition ends the
 * transaction before it: https://docs.snowflake.com/en/sql-reference/transactions#ddl
 */
async function beforeChange(session: Session, sql: string): Promise<void> {
  if (isDefinition(sql)) {
    if (session.transaction === 'begun') await session.engine.run('commit')
    session.transaction = 'none'
  } else if (session.transaction === 'asked') {
    await session.engine.run('begin')
    session.transaction = 'begun'
  }
}

const isDefinition = (sql: string): boolean =>
  /^\s*(?:create|drop|undrop|comment|grant|revoke|alter(?!\s+session\b))\b/i.test(codeOf(sql))

async function runBound(
  session: Session,
  sql: string,
  binds: Binds | undefined,
  describeOnly: boolean,
): Promise<Result> {
  const { engine } = session
  if (binds === undefined) return engine.run(sql, { describeOnly })
  const rowCount = rowCountOf(binds)
  if (rowCount === undefined) return engine.run(withBinds(sql, binds), { describeOnly })
  const statements = withManyRows(sql, binds, rowCount)
  if (statements === undefined)
    throw new ServiceError('002300', '0A000', 'Many rows are bound at once only to insert into … values (?, …).')
  let inserted = 0
  for (const statement of statements) inserted += Number((await engine.run(statement)).rows[0]?.[0] ?? 0)
  const columns = [countColumn('number of rows inserted')]
  return { columns, rows: [[String(inserted)]], statementTypeId: statementTypes.insert }
}

/** The driver takes no result without columns. */
const withColumns = (result: Result): Result =>
  result.columns.length === 0 && result.upload === undefined ? executed : result
