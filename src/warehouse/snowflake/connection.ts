import { addAbortSignal } from 'node:stream'
import type {
  Binds,
  Column,
  ConnectionOptions,
  Connection as DriverConnection,
  RowStatement,
  StatementOption,
} from 'snowflake-sdk'
import type { Row } from '../warehouse.ts'
import { asText, rowOf } from './cells.ts'
import type { Driver } from './driver.ts'
import { snowflakeError } from './errors.ts'
import type { Running } from './running.ts'

/** A statement as it is sent. The same request id begins it once, however often it is sent. */
export interface Sent {
  readonly sql: string
  readonly requestId: string
  readonly queryTag: string
  readonly binds?: Binds | undefined
  /** It is worth nothing outside the session that it ran in (a `begin`): another session has to run it itself. */
  readonly isOfItsSession?: true | undefined
  /** Names and types only: nothing runs. */
  readonly describeOnly?: true | undefined
}

export interface Answer {
  readonly queryId: string
  readonly columns: readonly Column[]
  /** Rows that a change of rows changed. */
  readonly changedCount: number
  /** Rows of the answer. */
  readonly rowCount: number
  /** As they come in, piece by piece; fails where what runs is stopped. */
  rows(): AsyncIterable<Row>
}

/** What the driver takes that its types do not say: a file statement's answer comes as rows, too. */
type Options = StatementOption & { readonly complete: (error: unknown, statement: RowStatement) => void }

/** A session of Snowflake's, signed in. */
export class Connection {
  /** The warehouse that was chosen last; undefined: that of the sign-in. */
  warehouse: string | undefined

  /** The warehouse of the sign-in, as SQL names it; undefined: not asked for yet, null: there is none. */
  ownWarehouse: string | null | undefined

  /** Snowflake's words where the session may not choose its secondary roles. */
  secondaryRolesRefusal: string | undefined

  private isAbandoned = false

  private constructor(private readonly driver: DriverConnection) {}

  /** Signs in; throws `SnowflakeError` where that is refused. */
  static async open(driver: Driver, options: ConnectionOptions): Promise<Connection> {
    const connection = driver.createConnection(options)
    await new Promise<void>((resolve, reject) => {
      const ended = (error: unknown): void => (error ? reject(snowflakeError(error)) : resolve())
      connection.connectAsync(ended).catch(ended)
    })
    return new Connection(connection)
  }

  get isUp(): boolean {
    return !this.isAbandoned && this.driver.isUp()
  }

  /** Gives up a session that no longer answers, with whatever it has open. */
  abandon(): void {
    this.isAbandoned = true
    void this.close()
  }

  /** Sends a statement and waits for its answer; throws `SnowflakeError`. */
  send({ sql, requestId, queryTag, binds, describeOnly }: Sent, running: Running): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options: Options = {
        sqlText: sql,
        requestId,
        parameters: { QUERY_TAG: queryTag },
        ...(binds === undefined ? {} : { binds }),
        ...(describeOnly === undefined ? {} : { describeOnly }),
        streamResult: true,
        rowMode: 'array',
        fetchAsString: [...asText],
        complete: (error, statement) => {
          running.statement = undefined
          if (error) reject(snowflakeError(error))
          else resolve(answerOf(statement, running))
        },
      }
      running.statement = this.driver.execute(options)
    })
  }

  /** Ends the session at Snowflake; what has run there is undone where it was not committed. */
  close(): Promise<void> {
    return new Promise(resolve => this.driver.destroy(() => resolve()))
  }
}

function answerOf(statement: RowStatement, running: Running): Answer {
  const columns = statement.getColumns() ?? []
  return {
    queryId: statement.getQueryId(),
    columns,
    changedCount: Math.max(0, statement.getNumUpdatedRows() ?? 0),
    rowCount: statement.getNumRows() ?? 0,
    async *rows() {
      try {
        const rows = addAbortSignal(running.signal, statement.streamRows())
        for await (const values of rows) yield rowOf(values as readonly unknown[], columns)
      } catch (error) {
        throw snowflakeError(error)
      }
    },
  }
}

/** Asks Snowflake to stop a statement, by its id or, before that is known, by that of its request. */
export function cancel(statement: RowStatement): Promise<void> {
  return new Promise(resolve => statement.cancel(() => resolve()))
}
