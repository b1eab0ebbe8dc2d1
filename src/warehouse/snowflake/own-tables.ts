import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import type { OwnTable, Session } from '../warehouse.ts'
import { columnsOf } from './objects.ts'

/** Makes one of the engine's own tables where it is not there; `kind` is `table` or `transient table`. */
export async function createOwnTable(session: Session, own: OwnTable, kind: string): Promise<void> {
  if (await addLacking(session, own)) return
  const { table, description, columns } = own
  const comment = snowflake.text(description)
  await session.execute(
    `create ${kind} if not exists ${tablePath(table)} (\n${declared(columns)}\n)\ncomment = ${comment}`,
  )
}

/** Gives one that an earlier version made the columns that it lacks; says whether the table is there. */
export async function addLacking(session: Session, { table, columns }: OwnTable): Promise<boolean> {
  const standing = await columnsOf(session, tablePath(table))
  if (standing === undefined) return false
  const known = new Set(standing.map(({ name }) => name.toLowerCase()))
  const lacking = columns.filter(({ name }) => !known.has(name))
  if (lacking.length > 0) await session.execute(`alter table ${tablePath(table)} add column\n${declared(lacking)}`)
  return true
}

function declared(columns: OwnTable['columns']): string {
  return columns
    .map(({ name, type, description }) => `  ${name} ${snowflake.type(type)} comment ${snowflake.text(description)}`)
    .join(',\n')
}
