import type { Connection, ConnectionOptions, RowStatement, StatementOption } from 'snowflake-sdk'
import snowflake from 'snowflake-sdk'
import type { LocalSnowflake } from './server.ts'

snowflake.configure({ logLevel: 'OFF', additionalLogToConsole: false })

/** The driver's connection to the local service, signed in as `ANA` unless told otherwise. */
export async function connect(server: LocalSnowflake, options: Partial<ConnectionOptions> = {}): Promise<Connection> {
  const connection = snowflake.createConnection({
    account: 'local',
    username: 'ANA',
    password: 'secret',
    database: 'SHOP',
    schema: 'PUBLIC',
    warehouse: 'WH',
    accessUrl: server.url,
    ...options,
  })
  return new Promise((resolve, reject) => {
    connection.connect(error => (error ? reject(error) : resolve(connection)))
  })
}

export interface Answered {
  readonly statement: RowStatement
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

export function ask(
  connection: Connection,
  sqlText: string,
  options: Partial<StatementOption> = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      ...options,
      complete: (error, statement, rows) => (error ? reject(error) : resolve({ statement, rows: rows ?? [] })),
    } as StatementOption)
  })
}

export const rowsOf = async (connection: Connection, sql: string) => (await ask(connection, sql)).rows
