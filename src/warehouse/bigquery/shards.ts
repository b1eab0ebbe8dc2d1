import type { Shards } from '../../authoring/location.ts'
import type { TableName } from '../../compile/compiled.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import type { FieldResource, TableResource } from './resources.ts'
import type { Tables } from './tables.ts'

/** Tables of days, read as one by a pattern. */
export interface DayPart {
  /** `events_*` */
  readonly table: TableName
  readonly where: string
  readonly fields: readonly FieldResource[]
}

export interface DayParts {
  readonly parts: readonly DayPart[]
  /** Of the newest table, whose name this is. */
  readonly fields: readonly FieldResource[]
  readonly newest: string
}

/**
 * The tables of days of a name, `events_20260601` …, and those of days that are not finished, `events_intraday_20260602`, where the day has no table
 * yet: a day that has both is read from the finished one alone. Undefined where there are none.
 */
export async function dayParts(
  tables: Tables,
  { schema, name, database }: TableName,
  { since, intraday }: Shards,
): Promise<DayParts | undefined> {
  const all = (await tables.list({ schema, database })) ?? []
  const first = since?.replaceAll('-', '') ?? '00000000'
  const days = daysOf(all, `${name}_`).filter(day => day >= first)
  const finished = new Set(days)
  const prefix = `${name}_${intraday}_`
  const open = intraday === undefined ? [] : daysOf(all, prefix).filter(day => day >= first && !finished.has(day))
  const found = async (of: string, day: string | undefined) =>
    day === undefined ? undefined : tables.find({ schema, name: `${of}${day}`, database })
  const daily = await found(`${name}_`, days.at(-1))
  const unfinished = await found(prefix, open.at(-1))
  const newest = daily ?? unfinished
  if (newest === undefined) return undefined
  const part = (pattern: string, where: string, { schema: of }: TableResource): DayPart => ({
    table: { schema, name: `${pattern}*`, database },
    where,
    fields: of?.fields ?? [],
  })
  const parts = [
    ...(daily ? [part(`${name}_`, finishedDays(days), daily)] : []),
    ...(unfinished ? [part(prefix, `_table_suffix in (${open.map(bigquery.text).join(', ')})`, unfinished)] : []),
  ]
  return { parts, fields: newest.schema?.fields ?? [], newest: newest.tableReference.tableId }
}

/** The first condition says which tables are read, and paid for; the second keeps out copies of a day beside it, `events_20260601_old`. */
function finishedDays(days: readonly string[]): string {
  return `_table_suffix between '${days[0]}' and '${days.at(-1)}' and regexp_contains(_table_suffix, r'^[0-9]{8}$')`
}

function daysOf(all: readonly TableResource[], prefix: string): readonly string[] {
  return all
    .map(({ tableReference }) => tableReference.tableId)
    .filter(id => id.startsWith(prefix) && /^\d{8}$/.test(id.slice(prefix.length)))
    .map(id => id.slice(prefix.length))
    .sort()
}
