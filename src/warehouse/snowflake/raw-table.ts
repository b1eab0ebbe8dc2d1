import type { Location } from '../../authoring/location.ts'
import type { CompiledSourceTable, TableName } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { nearest } from '../../problems/nearest.ts'
import { ProblemsError } from '../../problems/problem.ts'
import type { Session } from '../warehouse.ts'
import { columnsOf, type FoundColumn, objectsIn } from './objects.ts'
import { columnProblems, type DeclaredColumns } from './raw-columns.ts'
import { nullOf, quoted } from './raw-values.ts'

export type TableLocation = Extract<Location, { readonly table: string }>

/** The rows of a raw table that stands in Snowflake. */
export interface RawTable {
  /** What stands after `from`. */
  readonly relation: string
  readonly columns: readonly FoundColumn[]
}

/** Finds a raw table or view and checks its columns; reads no rows. Throws `ProblemsError` with all that is wrong. */
export async function openRawTable(
  session: Session,
  { name, columns: declared }: Pick<CompiledSourceTable, 'name' | 'columns'>,
  location: TableLocation,
  ownDatabase: string,
): Promise<RawTable> {
  const table = tableOf(location.table, ownDatabase)
  const relation = quotedPath(table)
  const columns = await columnsOf(session, relation)
  if (columns === undefined) throw await missing(session, name, location, table, ownDatabase)
  const problems = columnProblems(location.table, columns, declared)
  if (problems.length === 0) return { relation, columns }
  throw new ProblemsError(problems.map(problem => ({ ...problem, message: `${name}: ${problem.message}` })))
}

/** `contact` in `raw_hubspot`, of the target's database or of that which is named: `landing.raw_hubspot.contact`. A view has to name it either way. */
function tableOf(path: string, ownDatabase: string): TableName & { readonly database: string } {
  const [name = '', schema = '', ...database] = path.split('.').reverse()
  return { schema, name, database: database.length === 0 ? ownDatabase : database.reverse().join('.') }
}

/** With quotes for names that need them: plain words are as if they were in upper case. */
function quotedPath({ database, schema, name }: TableName & { readonly database: string }): string {
  return [database, schema, name].map(part => (/^[A-Za-z_]\w*$/.test(part) ? part : quoted(part))).join('.')
}

async function missing(
  session: Session,
  name: string,
  location: TableLocation,
  table: TableName & { readonly database: string },
  ownDatabase: string,
): Promise<ProblemsError> {
  const { schema, database } = table
  const beside = await objectsIn(session, { schema: schema.toLowerCase(), database })
  const shown = database === ownDatabase ? schema : `${database}.${schema}`
  if (beside === undefined) {
    const message = `${name}: there is no schema ${shown} that this role can see`
    const hint =
      'mend the schema in the config (schema, or database.schema), or grant the role USAGE on the schema and SELECT on its tables'
    return new ProblemsError([{ kind: 'data', message, hint }])
  }
  const without =
    location.canDoWithout === undefined
      ? ''
      : `, or, where it is not loaded, say so in the config: without: [${location.canDoWithout}]`
  const names = beside.map(one => one.name)
  const message = `${name}: there is no table ${location.table} that this role can see`
  const suggestion = nearest(table.name.toLowerCase(), names)
  return new ProblemsError([{ kind: 'data', message, suggestion, hint: `mend the schema in the config${without}` }])
}

/** A raw table of no rows, for what the company does not load. */
export function noRows(columns: DeclaredColumns): string {
  const nulls = Object.entries(columns).map(([name, { type }]) => `${nullOf(type)} as ${snowflake.identifier(name)}`)
  const own = ['cast(null as varchar) as tl_row_id', 'cast(null as number(38, 0)) as tl_row_number']
  return `select ${[...nulls, ...own].join(', ')}\nwhere false`
}
