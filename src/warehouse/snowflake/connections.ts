import type { ConnectionOptions } from 'snowflake-sdk'
import { patiently, type RetryOptions } from '../retries.ts'
import { WarehouseError } from '../warehouse.ts'
import { Connection } from './connection.ts'
import { type Driver, loadDriver } from './driver.ts'
import { isConnectionLost, isSessionLost, SnowflakeError, statementError } from './errors.ts'
import { Running } from './running.ts'
import { sessionStatement } from './session-parameters.ts'
import type { SnowflakeSettings } from './settings.ts'
import { signInOptions } from './sign-in.ts'
import { signInHint } from './sign-in-hints.ts'

/** No more are open at a time than this: whoever asks for another waits until one is given back. */
const atMost = 64

/** The connections of a process, each signed in when it is first needed and used again by whoever comes next. */
export class Connections {
  private readonly idle: Connection[] = []
  private readonly waiting: ((connection: Connection | undefined) => void)[] = []
  private count = 0
  private isClosed = false
  /** The sign-in of the moment: where a second factor is asked for, the others wait for its answer and take it over. */
  private signingIn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly driver: Driver,
    readonly settings: SnowflakeSettings,
    readonly retries: RetryOptions,
    private readonly openAtMost = atMost,
  ) {}

  /** Makes ready to sign in; nothing is sent yet. Throws `ProblemsError` where the driver is not installed, or the settings cannot be a sign-in. */
  static async open(settings: SnowflakeSettings, retries: RetryOptions = patiently): Promise<Connections> {
    optionsOf(settings)
    return new Connections(await loadDriver(), settings, retries)
  }

  /** A connection that takes the place of one that Snowflake has dropped. */
  async renew(lost: Connection): Promise<Connection> {
    await lost.close()
    return this.signIn()
  }

  giveBack(connection: Connection): void {
    if (this.isClosed || !connection.isUp) {
      this.count -= 1
      void connection.close()
      this.waiting.shift()?.(undefined)
      return
    }
    const next = this.waiting.shift()
    if (next === undefined) this.idle.push(connection)
    else next(connection)
  }

  /** Whoever waits for a connection is refused. */
  async close(): Promise<void> {
    this.isClosed = true
    for (const wake of this.waiting.splice(0)) wake(undefined)
    await Promise.all(this.idle.splice(0).map(connection => connection.close()))
  }

  /** One for its taker alone, until it is given back. Throws `WarehouseError` where the sign-in is refused. */
  async take(): Promise<Connection> {
    for (;;) {
      if (this.isClosed) throw new WarehouseError('the connections to Snowflake are closed', { kind: 'connection' })
      const idle = this.idle.pop()
      if (idle !== undefined) return idle
      if (this.count < this.openAtMost) return this.takeNew()
      const given = await this.next()
      if (given !== undefined) return given
    }
  }

  private async takeNew(): Promise<Connection> {
    this.count += 1
    try {
      return await this.signIn()
    } catch (error) {
      this.count -= 1
      this.waiting.shift()?.(undefined)
      throw error
    }
  }

  private next(): Promise<Connection | undefined> {
    return new Promise(resolve => this.waiting.push(resolve))
  }

  private async signIn(): Promise<Connection> {
    const before = this.settings.signIn.kind === 'password' ? this.signingIn : Promise.resolve()
    const opened = before.catch(() => undefined).then(() => this.open())
    this.signingIn = opened
    try {
      return await opened
    } catch (error) {
      throw error instanceof SnowflakeError ? signInError(error, this.settings) : error
    }
  }

  private async open(): Promise<Connection> {
    // Anew for each sign-in: a token in a file may be another by now.
    const connection = await Connection.open(this.driver, optionsOf(this.settings))
    try {
      await setUp(connection, sessionStatement(this.settings))
      await this.chooseSecondaryRoles(connection)
      return connection
    } catch (error) {
      await connection.close()
      throw error instanceof SnowflakeError ? statementError(error, undefined) : error
    }
  }

  /**
   * A session that is restricted to a role (by its token, or by a policy) may not choose secondary roles, and has those that it was given: only a
   * target that asks for them is refused then.
   */
  private async chooseSecondaryRoles(connection: Connection): Promise<void> {
    const { secondaryRoles } = this.settings
    try {
      await setUp(connection, `use secondary roles ${secondaryRoles ?? 'none'}`)
    } catch (error) {
      if (!(error instanceof SnowflakeError) || isSessionLost(error) || isConnectionLost(error)) throw error
      if (secondaryRoles !== undefined) throw secondaryRolesError(secondaryRoles, error)
      connection.secondaryRolesRefusal = statementError(error, undefined).message
    }
  }
}

function optionsOf(settings: SnowflakeSettings): ConnectionOptions {
  const { account, role, warehouse, database, accessUrl } = settings
  return {
    account,
    application: 'Throughline',
    ...(accessUrl === undefined ? {} : { accessUrl }),
    ...(role === undefined ? {} : { role }),
    ...(warehouse === undefined ? {} : { warehouse }),
    database,
    ...signInOptions(settings),
    // NULL is no text; see cells.ts.
    representNullAsStringNull: false,
    // Rows that are bound go with their statement: who wants a stage writes files.
    arrayBindingThreshold: Number.MAX_SAFE_INTEGER,
    sfRetryMaxLoginRetries: 3,
  } as ConnectionOptions
}

async function setUp(connection: Connection, sql: string): Promise<void> {
  await connection.send({ sql, requestId: crypto.randomUUID(), queryTag: '{"app":"throughline"}' }, new Running())
}

function secondaryRolesError(asked: string, cause: SnowflakeError): WarehouseError {
  const { message } = statementError(cause, undefined)
  const words = `secondary_roles: ${asked} in the target cannot be had in this session: ${message.replace(/[.]$/, '')}. Leave secondary_roles out`
  return new WarehouseError(words, { kind: 'connection', cause })
}

function signInError(error: SnowflakeError, settings: SnowflakeSettings): WarehouseError {
  return new WarehouseError(error.message, { kind: 'connection', hint: signInHint(error, settings), cause: error })
}
