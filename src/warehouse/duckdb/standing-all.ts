import type { SchemaName } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { tableLabel } from '../../compile/naming.ts'
import type { Row, Session, StandingRelation } from '../warehouse.ts'

/** Tables and views of some schemas with their columns, by path; two questions, however many there are. */
export async function standingAll(
  session: Session,
  schemas: readonly SchemaName[],
): Promise<ReadonlyMap<string, StandingRelation>> {
  if (schemas.length === 0) return new Map()
  const here = `database_name = current_database() and schema_name in (${schemas.map(({ schema }) => duckdb.text(schema)).join(', ')})`
  const relations = await session.query(
    `select 'table' as kind, schema_name, table_name as name, comment from duckdb_tables() where ${here}
     union all select 'view', schema_name, view_name, comment from duckdb_views() where ${here}`,
  )
  const columns = columnsByTable(
    await session.query(
      `select schema_name, table_name, column_name, data_type, comment from duckdb_columns() where ${here}
       order by schema_name, table_name, column_index`,
    ),
  )
  const standing = relations.map((row): readonly [string, StandingRelation] => {
    const table = { schema: String(row.schema_name), name: String(row.name) }
    const path = tableLabel(table)
    const kind = row.kind === 'view' ? 'view' : 'table'
    return [path, { table, kind, comment: textOf(row.comment), columns: columns.get(path) ?? [] }]
  })
  return new Map(standing)
}

function columnsByTable(rows: readonly Row[]): ReadonlyMap<string, StandingRelation['columns']> {
  const tables = new Map<string, StandingRelation['columns'][number][]>()
  for (const row of rows) {
    const path = tableLabel({ schema: String(row.schema_name), name: String(row.table_name) })
    const column = { name: String(row.column_name), engineType: String(row.data_type), comment: textOf(row.comment) }
    const columns = tables.get(path)
    if (columns === undefined) tables.set(path, [column])
    else columns.push(column)
  }
  return tables
}

function textOf(comment: unknown): string | undefined {
  return typeof comment === 'string' ? comment : undefined
}
