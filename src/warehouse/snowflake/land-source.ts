import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import { type BadRows, badRows, onlyGood, type Suspect } from '../bad-values.ts'
import { judgedBy, latestInstant, latestSql } from '../freshness.ts'
import { landFiles } from '../local-files.ts'
import type { Fence } from '../sharing.ts'
import type { Landed, RawFreshness, Session } from '../warehouse.ts'
import { mustHold } from './fence.ts'
import { loadInto } from './load-files.ts'
import { dropObject, dropStatement, type FoundObject, findObject, isViewOf } from './objects.ts'
import { hasNoPolicies } from './policies.ts'
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
  if (location.table === undefined && !location.notLoaded) {
    const makeReady = async (): Promise<void> => {
      await mustHold(session, fence)
      await dropUnless(session, 'table', table)
      await dropUnless(session, 'table', setAside)
    }
    const dropQuarantine = () => dropObject(session, quarantine)
    return landFiles(table, { quarantine, makeReady, load: loadInto(session, settings), dropQuarantine })
  }
  if (location.notLoaded) {
    await mustHold(session, fence)
    await putView(session, table, noRows(table.columns))
    return { rowCount: 0, quarantinedCount: 0 }
  }
  const raw = await openRawTable(session, table, location, settings.database)
  const bad = await badRows(session, table, raw.relation, suspectsIn(table, raw))
  await mustHold(session, fence)
  if (bad.count > 0 && location.badRows === 'quarantine') await putView(session, setAside, quarantined(bad, raw))
  else await dropObject(session, quarantine)
  await putView(session, table, viewOf(table, raw, bad))
  const [counted] = await session.query(`select count(*) as row_count from ${raw.relation}`)
  return { rowCount: Number(counted?.row_count) - bad.count, quarantinedCount: bad.count }
}

/** A view that stands and reads the same is left as it is; one that has policies is not replaced. */
async function putView(session: Session, { name, table }: Raw, query: string): Promise<void> {
  const statement = `create or replace view ${tablePath(table)}\ncopy grants\nas\n${query}`
  const found = await dropUnless(session, 'view', { name, table })
  if (found !== undefined) {
    if (await isViewOf(session, table, [statement])) return
    await hasNoPolicies(session, { name, table }, 'view')
  }
  await session.execute(statement)
}

/** A raw table by its name in the project, and where it stands. */
type Raw = Pick<CompiledSourceTable, 'name' | 'table'>

/** Drops what a view cannot stand in the place of, and what cannot stand in the place of a view, unless it has policies; gives what is of the kind. */
async function dropUnless(
  session: Session,
  kind: 'table' | 'view',
  { name, table }: Raw,
): Promise<FoundObject | undefined> {
  const found = await findObject(session, table)
  if (found === undefined || found.kind === kind) return found
  await hasNoPolicies(session, { name, table }, found.kind)
  await session.execute(dropStatement(table, found))
  return undefined
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
