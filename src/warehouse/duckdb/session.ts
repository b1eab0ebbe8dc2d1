import type { DuckDBConnection } from '@duckdb/node-api'
import type { DescribedColumn, Row, Session, StatementCost } from '../warehouse.ts'
import { cellOf } from './cell.ts'
import { describedType } from './column-type.ts'
import { duckdbError } from './errors.ts'

/** A connection to DuckDB; instants are UTC, errors come with positions. */
export class DuckDBSession implements Session {
  private constructor(private readonly connection: DuckDBConnection) {}

  static async open(connection: DuckDBConnection): Promise<DuckDBSession> {
    await connection.run("set errors_as_json = true; set timezone = 'UTC'")
    return new DuckDBSession(connection)
  }

  /** Statements in this process have no names. */
  begin(): void {}

  costs(): readonly StatementCost[] {
    return []
  }

  async execute(sql: string): Promise<void> {
    await this.attempt(sql, () => this.connection.run(sql))
  }

  async change(sql: string): Promise<number> {
    const { rowsChanged } = await this.attempt(sql, () => this.connection.run(sql))
    return rowsChanged
  }

  async query(sql: string): Promise<readonly Row[]> {
    const reader = await this.attempt(sql, () => this.connection.runAndReadAll(sql))
    const names = reader.deduplicatedColumnNames()
    return reader.getRows().map(row => Object.fromEntries(row.map((value, index) => [names[index]!, cellOf(value)])))
  }

  async describe(sql: string): Promise<readonly DescribedColumn[]> {
    const statement = await this.attempt(sql, () => this.connection.prepare(sql))
    try {
      return Array.from({ length: statement.columnCount }, (_, index) => ({
        name: statement.columnName(index),
        ...describedType(statement.columnType(index)),
      }))
    } finally {
      statement.destroySync()
    }
  }

  async transaction(statements: readonly string[]): Promise<void> {
    await this.execute('begin transaction')
    try {
      for (const statement of statements) await this.execute(statement)
      await this.execute('commit')
    } catch (error) {
      await this.connection.run('rollback').catch(() => undefined)
      throw error
    }
  }

  interrupt(): undefined {
    this.connection.interrupt()
  }

  close(): void {
    this.connection.closeSync()
  }

  private async attempt<T>(sql: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw duckdbError(error, sql)
    }
  }
}
