import type { TableName } from '../compile/compiled.ts'
import { tablePath } from '../compile/naming.ts'
import type { Session } from '../warehouse/warehouse.ts'

/** Keeps the rows that fail a test in a table of their own, in place of those that failed it before; gives its path. */
export async function keepFailures(session: Session, into: TableName, rows: string): Promise<string> {
  await session.execute(`create schema if not exists ${into.schema}`)
  await session.execute(`create or replace table ${tablePath(into)} as\n${rows}`)
  return tablePath(into)
}

/** Of a test that passes no rows are kept: what failed it earlier would be taken for what fails it now. */
export async function dropKeptFailures(session: Session, { schema, name }: TableName): Promise<void> {
  await session.execute(`create schema if not exists ${schema}`)
  await session.execute(`drop table if exists ${schema}.${name}`)
}
