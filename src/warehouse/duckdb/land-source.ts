import { describeLocation } from '../../authoring/location.ts'
import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import type { Landed, Session } from '../warehouse.ts'
import { type BadRows, badRowsError, quarantineStatement } from './bad-rows.ts'
import { openSource } from './check-source.ts'
import { type Staging, withStagedRows } from './stage-rows.ts'

/**
 * Makes a source's table in the database from its file or table: the declared columns under their raw names, typed; `tl_row_id`, SHA-256 over
 * all the raw columns; `tl_row_number`, from 1 in the order of the file (of a table, in order of `tl_row_id`), counting rows whose fields can
 * be told apart. The same content lands as the same table. In CSV an empty field is NULL, quoted or not; of a line of JSON the row id is over the
 * line, blanks around it left out.
 *
 * A row that cannot be read, or holds a value that is not of its column's type, is bad: the landing fails and what stood before stays, or,
 * with `badRows: 'quarantine'`, the row goes to `<table>__quarantine` instead. Values within lists and records count: of a wrong type at any depth,
 * or something else where a list or a record is declared. Not told are what another reader of JSON would not tell either: of two fields of one
 * name the second, the digits of a number past the sixteenth (write it as text), and a list or record where a text is declared, which is its JSON.
 */
export async function landSource(session: Session, table: CompiledSourceTable): Promise<Landed> {
  const input = await openSource(session, table)
  const { schema, name } = table.table
  const named = (suffix: string) => `${duckdb.identifier(schema)}.${duckdb.identifier(name + suffix)}`
  const landing = named('__landing')
  const staging: Staging = {
    what: table.name,
    input,
    declared: table.columns,
    landing,
    kind: 'table',
    rowIds: 'with row ids',
  }
  await session.execute(`create schema if not exists ${duckdb.identifier(schema)}`)
  return withStagedRows(session, staging, async bad => {
    const quarantine = await quarantineOf(session, table, staging, bad, named('__quarantine'))
    await session.transaction([tableStatement(table, landing, named('')), quarantine])
    const [counted] = await session.query(`select count(*) as row_count from ${named('')}`)
    return { rowCount: Number(counted?.row_count), quarantinedCount: bad.count }
  })
}

async function quarantineOf(
  session: Session,
  table: CompiledSourceTable,
  { what, input }: Staging,
  bad: BadRows,
  quarantine: string,
): Promise<string> {
  const { location } = table
  if (location.badRows === 'quarantine') return quarantineStatement(session, input, quarantine)
  if (bad.count === 0) return `drop table if exists ${quarantine}`
  const hint = `mend the rows, or set bad_rows: quarantine for ${table.source} to set them aside in ${quarantine.replaceAll('"', '')}`
  const from = describeLocation(location)
  throw await badRowsError(session, { what, from, input }, bad, hint)
}

function tableStatement(table: CompiledSourceTable, landing: string, into: string): string {
  const columns = Object.keys(table.columns).map((name, index) => `t${index} as ${duckdb.identifier(name)}`)
  const selected = [...columns, 'tl_row_id', 'rowid + 1 as tl_row_number'].join(', ')
  return `create or replace table ${into} as select ${selected} from ${landing} where tl_bad is null`
}
