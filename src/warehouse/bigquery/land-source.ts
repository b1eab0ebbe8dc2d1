import type { CompiledSourceTable } from '../../compile/compiled.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import { type BadRows, badRows, onlyGood, type Suspect } from '../bad-values.ts'
import { judgedBy, latestInstant, latestSql } from '../freshness.ts'
import type { Fence } from '../sharing.ts'
import type { Landed, RawFreshness } from '../warehouse.ts'
import { loadRawFiles } from './load-files.ts'
import { fieldNamed } from './raw-fields.ts'
import { dropIfThere, type Landing, putView } from './raw-place.ts'
import { noRows, openRawTable, type RawTable, type TableLocation } from './raw-table.ts'
import { mayBeBad, nullOf, rowId, typedValue } from './raw-values.ts'
import type { BigQuerySession } from './session.ts'
import type { Tables } from './tables.ts'

/**
 * Makes a source's table readable: of a table that stands in BigQuery, a view with the declared columns, typed, `tl_row_id` and `tl_row_number`, which
 * copies nothing; files of this computer are landed as DuckDB lands them, and loaded. Rows are as good or bad as on DuckDB, except that of text
 * in a column of numbers, times or days every value is asked whether BigQuery can cast it. No view can ask for the lease: that is done before it, in the
 * same job. Nor can a load job, or what takes a table away: a job of its own does, right before.
 */
export async function landSource(
  session: BigQuerySession,
  tables: Tables,
  table: CompiledSourceTable,
  fence: Fence | undefined,
): Promise<Landed> {
  const { location, name } = table
  const landing: Landing = { session, tables, name, fence }
  const quarantine = { ...table.table, name: `${table.table.name}__quarantine` }
  if (location.table === undefined && !location.notLoaded) return loadRawFiles(landing, table, quarantine)
  if (location.notLoaded) {
    const remarks = await putView(landing, table.table, noRows(table.columns))
    return { rowCount: 0, quarantinedCount: 0, remarks }
  }
  const raw = await openRawTable(tables, table, location)
  const bad = await badRows(session, table, raw.relation, suspectsIn(table, raw))
  const remarks = [...(await putView(landing, table.table, viewOf(table, raw, bad)))]
  if (bad.count > 0 && location.badRows === 'quarantine')
    remarks.push(...(await putView(landing, quarantine, quarantined(bad, raw))))
  else await dropIfThere(landing, quarantine)
  const [counted] = await session.query(`select count(*) as row_count from ${raw.relation}`)
  return { rowCount: Number(counted?.row_count) - bad.count, quarantinedCount: bad.count, remarks }
}

/** The columns whose values may be bad. */
function suspectsIn({ columns }: CompiledSourceTable, { fields }: RawTable): readonly Suspect[] {
  return Object.entries(columns).flatMap(([column, { type }]) => {
    const field = fieldNamed(fields, column)
    if (field === undefined || !mayBeBad(type, field)) return []
    const value = `r.${bigquery.identifier(field.name)}`
    const isFilled = field.type === 'STRING' ? `trim(${value}) <> ''` : `${value} is not null`
    return [{ column, value, holds: `(${isFilled} and ${typedValue(type, field, value)} is null)`, type: type.kind }]
  })
}

function quarantined({ suspects }: BadRows, { relation }: RawTable): string {
  const rows = suspects.map(
    ({ column, value, holds, type }) =>
      `select to_json_string(r) as raw_line, ${bigquery.text(column)} as column_name, cast(${value} as string) as value, ${bigquery.text(`is no ${type}`)} as reason\nfrom ${relation} as r\nwhere ${holds}`,
  )
  return rows.join('\nunion all\n')
}

function viewOf({ columns }: CompiledSourceTable, { relation, fields }: RawTable, bad: BadRows): string {
  const typed = Object.entries(columns).map(([name, { type }]) => {
    const field = fieldNamed(fields, name)
    const value = field ? typedValue(type, field, `r.${bigquery.identifier(field.name)}`) : nullOf(type)
    return `${value} as ${bigquery.identifier(name)}`
  })
  const inner = `select ${[...typed, `${rowId(fields, 'r')} as tl_row_id`].join(', ')}\n  from ${relation} as r${onlyGood(bad)}`
  return `select *, row_number() over (order by tl_row_id) as tl_row_number\nfrom (\n  ${inner}\n)`
}

/** The number of raw rows and the latest time that they tell. Files are read where they are; see `loadRawFiles`. */
export async function tableFreshness(
  session: BigQuerySession,
  tables: Tables,
  table: CompiledSourceTable,
  location: TableLocation,
  asOf: string,
): Promise<RawFreshness> {
  const by = judgedBy(table)
  const declared = by === undefined ? {} : { [by.column]: table.columns[by.column]! }
  const { relation, fields } = await openRawTable(tables, { ...table, columns: declared }, location)
  const field = by && fieldNamed(fields, by.column)
  const value = field && typedValue(declared[by.column]!.type, field, `r.${bigquery.identifier(field.name)}`)
  const latest = value === undefined ? 'null' : latestSql(value, by!, asOf, bigquery)
  const [found] = await session.query(`select count(*) as row_count, ${latest} as latest\nfrom ${relation} as r`)
  return { rowCount: Number(found?.row_count), latestAt: by && latestInstant(found?.latest, by) }
}
