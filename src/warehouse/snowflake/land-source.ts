import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import { type BadRows, badRows, onlyGood, type Suspect } from '../bad-values.ts'
import { judgedBy, latestInstant, latestSql } from '../freshness.ts'
import { type Load, landFiles } from '../local-files.ts'
import type { Fence } from '../sharing.ts'
import type { Landed, RawFreshness, Session } from '../warehouse.ts'
import { exchange, exchangedWords, nextOf } from './exchange.ts'
import { mustHold } from './fence.ts'
import { loadLines } from './load-files.ts'
import { dropObject, findObject, isViewOf } from './objects.ts'
import { policyRemarks, toldWith } from './policies.ts'
import { columnNamed } from './raw-columns.ts'
import { noRows, openRawTable, type RawTable, type TableLocation } from './raw-table.ts'
import { isFilled, mayBeBad, nullOf, quoted, rowId, typedValue } from './raw-values.ts'
import type { SnowflakeSession } from './session.ts'
import type { SnowflakeSettings } from './settings.ts'

/**
 * Makes a source's table readable: of a table that stands in Snowflake, a view with the declared columns, typed, `tl_row_id` and `tl_row_number`, which
 * copies nothing; files of this computer are landed as DuckDB lands them, and loaded. Rows are as good or bad as on DuckDB, except that of text
 * in a column of numbers, times or days every value is asked whether Snowflake can cast it. No such statement can ask for the lease: that is
 * done right before.
 */
export async function landSource(
  session: SnowflakeSession,
  table: CompiledSourceTable,
  settings: SnowflakeSettings,
  fence: Fence | undefined,
): Promise<Landed> {
  const { location } = table
  const quarantine = { ...table.table, name: `${table.table.name}__quarantine` }
  const setAside: Raw = { name: `${table.name}__quarantine`, table: quarantine }
  const dropQuarantine = () => dropObject(session, quarantine, fence)
  const remarks: string[] = []
  if (location.table === undefined && !location.notLoaded) {
    const makeReady = () => mustHold(session, fence)
    const load: Load = async loading => {
      const of = loading.table.name === quarantine.name ? setAside : table
      remarks.push(...remarksOn(of, table, await loadLines(session, settings, loading, { name: of.name, fence })))
    }
    const landed = await landFiles(table, { quarantine, makeReady, load, dropQuarantine })
    return { ...landed, remarks }
  }
  const put = async (of: Raw, query: string): Promise<void> => {
    remarks.push(...remarksOn(of, table, await putView(session, of, query, fence)))
  }
  if (location.notLoaded) {
    await put(table, noRows(table.columns))
    return { rowCount: 0, quarantinedCount: 0, remarks }
  }
  const raw = await openRawTable(session, table, location, settings.database)
  const bad = await badRows(session, table, raw.relation, suspectsIn(table, raw))
  if (bad.count > 0 && location.badRows === 'quarantine') await put(setAside, quarantined(bad, raw))
  else await dropQuarantine()
  await put(table, viewOf(table, raw, bad))
  const [counted] = await session.query(`select count(*) as row_count from ${raw.relation}`)
  return { rowCount: Number(counted?.row_count) - bad.count, quarantinedCount: bad.count, remarks }
}

/** A raw table by its name in the project, and where it stands. */
type Raw = Pick<CompiledSourceTable, 'name' | 'table'>

/**
 * A view that stands and reads the same is left as it is; a table gives its place, with its grants; what has policies is not replaced. Gives what is to be
 * said of that.
 */
async function putView(
  session: Session,
  { name, table }: Raw,
  query: string,
  fence: Fence | undefined,
): Promise<readonly string[]> {
  const statement = (path: string) => `create or replace view ${path}\ncopy grants\nas\n${query}`
  const make = (path: string) => session.execute(statement(path))
  const path = tablePath(table)
  const found = await findObject(session, table)
  if (found?.kind === 'table')
    return exchangedWords(await exchange(session, { name, table, from: 'table', to: 'view', make }, fence), 'view')
  let remarks: readonly string[] = []
  if (found !== undefined) {
    // One that took a table's place was made under its other name.
    if (await isViewOf(session, table, [path, tablePath(nextOf(table))].map(statement))) return []
    remarks = await policyRemarks(session, { name, table }, 'view')
  }
  await mustHold(session, fence)
  await make(path)
  return toldWith('its view was replaced, with the grants it had', remarks)
}

/** What is said of the rows that are set aside names them. */
function remarksOn({ name }: Raw, table: CompiledSourceTable, remarks: readonly string[]): readonly string[] {
  return name === table.name ? remarks : remarks.map(remark => `${name}: ${remark}`)
}

/** The columns whose values may be bad. */
function suspectsIn({ columns }: CompiledSourceTable, { columns: standing }: RawTable): readonly Suspect[] {
  return Object.entries(columns).flatMap(([column, { type }]) => {
    const found = columnNamed(standing, column)
    if (found === undefined || !mayBeBad(type, found)) return []
    const value = `r.${quoted(found.name)}`
    const holds = `(${isFilled(found, value)} and ${typedValue(type, found, value)} is null)`
    return [{ column, value, holds, type: type.kind }]
  })
}

function quarantined({ suspects }: BadRows, { relation, columns }: RawTable): string {
  const fields = columns.map(({ name }) => `${snowflake.text(name.toLowerCase())}, r.${quoted(name)}`)
  const line = `to_json(object_construct_keep_null(${fields.join(', ')}))`
  const rows = suspects.map(
    ({ column, value, holds, type }) =>
      `select ${line} as raw_line, ${snowflake.text(column)} as column_name, cast(${value} as varchar) as value, ${snowflake.text(`is no ${type}`)} as reason\nfrom ${relation} as r\nwhere ${holds}`,
  )
  return rows.join('\nunion all\n')
}

function viewOf({ columns }: CompiledSourceTable, { relation, columns: standing }: RawTable, bad: BadRows): string {
  const typed = Object.entries(columns).map(([name, { type }]) => {
    const found = columnNamed(standing, name)
    const value = found ? typedValue(type, found, `r.${quoted(found.name)}`) : nullOf(type)
    return `${value} as ${snowflake.identifier(name)}`
  })
  const inner = `select ${[...typed, `${rowId(standing, 'r')} as tl_row_id`].join(', ')}\n  from ${relation} as r${onlyGood(bad)}`
  return `select t.*, row_number() over (order by t.tl_row_id) as tl_row_number\nfrom (\n  ${inner}\n) as t`
}

/** The number of raw rows and the latest time that they tell. Files are read where they are; see `landFiles`. */
export async function tableFreshness(
  session: Session,
  table: CompiledSourceTable,
  location: TableLocation,
  ownDatabase: string,
  asOf: string,
): Promise<RawFreshness> {
  const by = judgedBy(table)
  const declared = by === undefined ? {} : { [by.column]: table.columns[by.column]! }
  const raw = await openRawTable(session, { ...table, columns: declared }, location, ownDatabase)
  const column = by && columnNamed(raw.columns, by.column)
  const value = column && typedValue(declared[by.column]!.type, column, `r.${quoted(column.name)}`)
  const latest = value === undefined ? 'null' : latestSql(value, by!, asOf, snowflake)
  const [found] = await session.query(`select count(*) as row_count, ${latest} as latest\nfrom ${raw.relation} as r`)
  return { rowCount: Number(found?.row_count), latestAt: by && latestInstant(found?.latest, by) }
}
