import type { SchemaName, TableName } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Row, Session, Standing, StandingRelation } from '../warehouse.ts'
import { columnsOf, type FoundColumn, type FoundObject, findObject, objectsIn } from './objects.ts'
import { describedType } from './types.ts'

/** A table or view with its columns, as they stand. */
export interface Found {
  readonly object: FoundObject
  readonly columns: readonly FoundColumn[]
}

/** Undefined where it is not there. */
export async function foundTable(session: Session, table: TableName): Promise<Found | undefined> {
  const object = await findObject(session, table)
  if (object === undefined) return undefined
  const columns = object.kind === 'view' ? [] : await columnsOf(session, tablePath(table))
  return columns && { object, columns }
}

export function standingOf({ object, columns }: Found): Standing {
  const { kind, comment } = object
  if (kind === 'view') return { kind, comment }
  return {
    kind,
    comment,
    columns: columns.map(({ name, type, comment: ofColumn }) => ({
      name: name.toLowerCase(),
      ...describedType(type),
      comment: ofColumn,
    })),
  }
}

/** All that stands in a schema, with the columns of views as they were when they were made; nothing where the schema is not there. */
export async function relationsIn(session: Session, schema: SchemaName): Promise<readonly StandingRelation[]> {
  const objects = await objectsIn(session, schema)
  if (objects === undefined || objects.length === 0) return []
  const rows = await columnRows(session, schema)
  return objects.map(({ name, kind, comment }) => ({
    table: { ...schema, name },
    kind,
    comment,
    columns: rows
      .filter(row => String(row.table_name).toLowerCase() === name)
      .map(row => ({
        name: String(row.column_name).toLowerCase(),
        engineType: typeText(row),
        comment: typeof row.comment === 'string' && row.comment !== '' ? row.comment : undefined,
      })),
  }))
}

function columnRows(session: Session, { schema, database }: SchemaName): Promise<readonly Row[]> {
  const information = database === undefined ? 'information_schema' : `${database}.information_schema`
  return session.query(`select table_name, column_name, data_type, numeric_precision, numeric_scale, comment
from ${information}.columns
where table_schema = ${snowflake.text(schema.toUpperCase())}
order by table_name, ordinal_position`)
}

/** `NUMBER`, 38 and 9 as `number(38,9)`. */
function typeText({ data_type: type, numeric_precision: precision, numeric_scale: scale }: Row): string {
  const name = String(type).toLowerCase()
  return name === 'number' && precision !== null ? `number(${precision},${scale})` : name
}
