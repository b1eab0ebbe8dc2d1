import type { Location } from '../../authoring/location.ts'
import type { CompiledSourceTable, TableName } from '../../compile/compiled.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import { nearest } from '../../problems/nearest.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { columnProblems, type DeclaredColumns, fieldNamed } from './raw-fields.ts'
import { everyRowOf } from './raw-partitions.ts'
import { nullOf } from './raw-values.ts'
import type { FieldResource } from './resources.ts'
import { dayParts } from './shards.ts'
import type { Tables } from './tables.ts'

export type TableLocation = Extract<Location, { readonly table: string }>

/** The rows of a raw table that stands in BigQuery. */
export interface RawTable {
  /** What stands after `from`. */
  readonly relation: string
  readonly fields: readonly FieldResource[]
}

/** Finds a raw table, or its tables of days, and checks their columns; reads no rows. Throws `ProblemsError` with all that is wrong. */
export async function openRawTable(
  tables: Tables,
  { name, columns }: Pick<CompiledSourceTable, 'name' | 'columns'>,
  location: TableLocation,
): Promise<RawTable> {
  const table = tableOf(location.table, tables.project)
  const found = await tables.find(table)
  if (found !== undefined) {
    const fields = found.schema?.fields ?? []
    mustSuit(name, location.table, fields, columns)
    const everyRow = everyRowOf(found)
    const path = quotedPath(table)
    return { relation: everyRow === undefined ? path : `(select * from ${path} as tl_all where ${everyRow})`, fields }
  }
  const parts = location.shards === undefined ? undefined : await dayParts(tables, table, location.shards)
  if (parts === undefined) throw await missing(tables, name, location, table)
  const { fields } = parts
  mustSuit(name, parts.newest, fields, columns)
  const selected = parts.parts.map(
    part => `select ${columnsIn(fields, part.fields)} from ${quotedPath(part.table)} where ${part.where}`,
  )
  return { relation: `(${selected.join('\nunion all ')})`, fields }
}

/** `events` in `analytics_123`, of the jobs' project or of that which is named: `my-project.analytics_123.events`. A view has to name it either way. */
function tableOf(path: string, own: string): TableName {
  const [name = '', schema = '', ...project] = path.split('.').reverse()
  const database = project.reverse().join('.')
  return { schema, name, database: database === '' ? own : database }
}

/** With quotes for names that need them. */
function quotedPath({ database, schema, name }: TableName): string {
  return [database, schema, name].flatMap(part => (part === undefined ? [] : [bigquery.identifier(part)])).join('.')
}

/** Parts of one table may lack columns that the newest has. */
function columnsIn(fields: readonly FieldResource[], present: readonly FieldResource[]): string {
  const columns = fields.map(field => {
    const name = bigquery.identifier(field.name)
    return fieldNamed(present, field.name) ? name : `null as ${name}`
  })
  return columns.join(', ')
}

function mustSuit(name: string, where: string, fields: readonly FieldResource[], declared: DeclaredColumns): void {
  const problems = columnProblems(where, fields, declared)
  if (problems.length === 0) return
  throw new ProblemsError(problems.map(problem => ({ ...problem, message: `${name}: ${problem.message}` })))
}

async function missing(
  tables: Tables,
  name: string,
  location: TableLocation,
  table: TableName,
): Promise<ProblemsError> {
  const { schema, database } = table
  const beside = await tables.list({ schema, database })
  const shown = database === tables.project ? schema : `${database}.${schema}`
  if (beside === undefined) {
    const message = `${name}: there is no dataset ${shown} that this account can see`
    return new ProblemsError([
      {
        kind: 'data',
        message,
        hint: 'mend the schema in the config (dataset, or project.dataset), or give the account BigQuery Data Viewer on it',
      },
    ])
  }
  const names = beside.map(({ tableReference }) => tableReference.tableId)
  const days = location.shards === undefined ? '' : `, nor tables of days, ${location.table}_20260601 …`
  const without =
    location.canDoWithout === undefined
      ? ''
      : `, or, where it is not loaded, say so in the config: without: [${location.canDoWithout}]`
  const message = `${name}: there is no table ${location.table}${days}`
  const suggestion = nearest(table.name, names)
  return new ProblemsError([{ kind: 'data', message, suggestion, hint: `mend the schema in the config${without}` }])
}

/** A raw table of no rows, for what the company does not load. */
export function noRows(columns: DeclaredColumns): string {
  const nulls = Object.entries(columns).map(([name, { type }]) => `${nullOf(type)} as ${bigquery.identifier(name)}`)
  const own = [`cast(null as string) as tl_row_id`, `cast(null as int64) as tl_row_number`]
  return `select ${[...nulls, ...own].join(', ')}\nfrom (select 1 as one)\nwhere false`
}
