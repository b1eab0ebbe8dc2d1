import type { TableName } from '../compile/compiled.ts'
import { schemaPath, tableLabel } from '../compile/naming.ts'
import { createTable, dropTable } from '../warehouse/statements.ts'
import type { Session } from '../warehouse/warehouse.ts'

/** Keeps the rows that fail a test in a table of their own, in place of those that failed it before; gives its name. */
export async function keepFailures(session: Session, into: TableName, rows: string): Promise<string> {
  await session.execute(`create schema if not exists ${schemaPath(into)}`)
  await session.execute(createTable(into, rows))
  return tableLabel(into)
}

/** Of a test that passes no rows are kept: what failed it earlier would be taken for what fails it now. */
export async function dropKeptFailures(session: Session, table: TableName): Promise<void> {
  await session.execute(`create schema if not exists ${schemaPath(table)}`)
  await session.execute(dropTable(table))
}
