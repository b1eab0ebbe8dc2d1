import type { SchemaName, TableName } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { schemaPath, tablePath } from '../../compile/naming.ts'
import type { Fence } from '../sharing.ts'
import type { Cell, Row, Session } from '../warehouse.ts'
import { isMissing } from './errors.ts'
import { mustHold } from './fence.ts'
import { type EngineType, engineType } from './types.ts'

/** A table or view, as `show objects` tells of it. */
export interface FoundObject {
  /** In lower case. */
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly comment: string | undefined
  /** What it is clustered by, as Snowflake writes it; empty where by nothing. */
  readonly clusterBy: string
}

export interface FoundColumn {
  /** As Snowflake has it; names that were written without quotes are in upper case. */
  readonly name: string
  readonly type: EngineType
  readonly comment: string | undefined
}

/** Undefined where it is not there, or its schema is not. Needs no warehouse, and costs nothing, as all of these. */
export async function findObject(session: Session, table: TableName): Promise<FoundObject | undefined> {
  // The underscore of a pattern is any character.
  const found = await objectsLike(session, table, table.name.toUpperCase())
  return found.find(({ name }) => name === table.name)
}

/** Those of a schema whose names are of a pattern, `%` for any characters and `_` for any one; none where the schema is not there. */
export async function objectsLike(
  session: Session,
  schema: SchemaName,
  pattern: string,
): Promise<readonly FoundObject[]> {
  const rows = await rowsOf(session, `show objects like ${snowflake.text(pattern)} in schema ${schemaPath(schema)}`)
  return rows?.map(objectOf) ?? []
}

/** All of a schema; undefined where the schema is not there. */
export async function objectsIn(session: Session, schema: SchemaName): Promise<readonly FoundObject[] | undefined> {
  if (!(await hasSchema(session, schema))) return undefined
  return (await rowsOf(session, `show objects in schema ${schemaPath(schema)}`))?.map(objectOf)
}

/** The columns of a table or view; undefined where it is not there. */
export async function columnsOf(session: Session, path: string): Promise<readonly FoundColumn[] | undefined> {
  const rows = await rowsOf(session, `describe table ${path}`)
  return rows?.map(row => ({
    name: String(row.name),
    type: engineType(String(row.type)),
    comment: textOf(row.comment),
  }))
}

/** Whether a view was made by one of these statements: then it needs no other. False where that is not told. */
export async function isViewOf(session: Session, view: TableName, statements: readonly string[]): Promise<boolean> {
  const like = `like ${snowflake.text(view.name.toUpperCase())} `
  const rows = await rowsOf(session, `show views ${like}in schema ${schemaPath(view)}`)
  const text = textOf(rows?.find(({ name }) => String(name).toLowerCase() === view.name)?.text)
  return text !== undefined && statements.map(withoutEnd).includes(withoutEnd(text))
}

const withoutEnd = (text: string): string => text.replace(/[\s;]+$/, '')

export async function hasSchema(session: Session, schema: SchemaName): Promise<boolean> {
  const database = schema.database === undefined ? '' : ` in database ${schema.database}`
  const rows = await rowsOf(session, `show schemas like ${snowflake.text(schema.schema.toUpperCase())}${database}`)
  return rows?.some(({ name }) => String(name).toLowerCase() === schema.schema) ?? false
}

/** A table or a view, which need not be there; not where the lease is another run's. */
export async function dropObject(session: Session, table: TableName, fence: Fence | undefined): Promise<void> {
  const found = await findObject(session, table)
  if (found === undefined) return
  await mustHold(session, fence)
  await session.execute(dropStatement(table, found))
}

export function dropStatement(table: TableName, { kind }: Pick<FoundObject, 'kind'>): string {
  return `drop ${kind} if exists ${tablePath(table)}`
}

export function renameStatement(kind: FoundObject['kind'], from: TableName, to: TableName): string {
  return `alter ${kind} ${tablePath(from)} rename to ${tablePath(to)}`
}

async function rowsOf(session: Session, sql: string): Promise<readonly Row[] | undefined> {
  try {
    return await session.query(sql)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function objectOf(row: Row): FoundObject {
  return {
    name: String(row.name).toLowerCase(),
    kind: /view/i.test(String(row.kind)) ? 'view' : 'table',
    comment: textOf(row.comment),
    clusterBy: textOf(row.cluster_by) ?? '',
  }
}

function textOf(value: Cell | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
