import type { CompiledModel, TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Fence } from '../sharing.ts'
import { type Declared, declaredResource, tagged } from './declared.ts'
import { fieldOf } from './fields.ts'
import type { FieldResource } from './resources.ts'
import type { BigQuerySession } from './session.ts'
import { fenceStatement } from './sharing.ts'
import type { Tables } from './tables.ts'

/**
 * SQL has no words for policy tags. So a table that has some is made by a request, empty and under another name, filled there, and has its own name
 * only then: nobody finds a value in it without its tag, nor the table without its rows.
 */
export async function createTagged({
  session,
  tables,
  model,
  declared,
  fence,
  rows,
  inPlaceOf,
}: {
  readonly session: BigQuerySession
  readonly tables: Tables
  readonly model: CompiledModel
  readonly declared: Declared
  readonly fence: Fence | undefined
  readonly rows: string
  readonly inPlaceOf: 'table' | 'view' | undefined
}): Promise<void> {
  const next = nextOf(model.table, fence)
  const { description, layout } = model.model.value
  const { partitionBy, clusterBy = [] } = layout ?? {}
  const partitions = partitionBy && { type: partitionBy.by.toUpperCase(), field: partitionBy.column }
  await dropLeft(session, tables, model.table, fence)
  if (fence !== undefined) await session.execute(fenceStatement(fence))
  await tables.insertNew(next, {
    ...declaredResource(declared, partitions),
    description,
    schema: { fields: Object.keys(model.columns).map(name => columnOf(name, model, declared)) },
    ...(clusterBy.length === 0 ? {} : { clustering: { fields: clusterBy } }),
  })
  await session.overwriteRows(next, rows)
  const asked = fence === undefined ? '' : `${fenceStatement(fence)};\n`
  await session.execute(`${asked}${takePlace(next, model.table, inPlaceOf)}`)
}

const nextMark = '__tl_next'

/** Where a table is filled that is to take the place of another: by the run, so that two of them never meet there. */
export function nextOf(table: TableName, fence: Fence | undefined): TableName {
  const run = fence === undefined ? '' : `_${fence.runId.replace(/\W/g, '_')}`
  return { ...table, name: `${table.name}${nextMark}${run}` }
}

/** Takes away what builds that were killed have left of it. */
export async function dropLeft(
  session: BigQuerySession,
  tables: Tables,
  table: TableName,
  fence: Fence | undefined,
): Promise<void> {
  const all = ((await tables.list(table)) ?? []).map(({ tableReference }) => tableReference.tableId)
  const left = all.filter(name => name.startsWith(`${table.name}${nextMark}`))
  if (left.length > 0 && fence !== undefined) await session.execute(fenceStatement(fence))
  for (const name of left) await tables.drop({ ...table, name })
}

/** Gives a filled table the name of the one that it stands in for: statements of one job, which goes on where this process ends. */
export function takePlace(next: TableName, table: TableName, inPlaceOf: 'table' | 'view' | undefined): string {
  const drop = inPlaceOf === undefined ? '' : `drop ${inPlaceOf} ${tablePath(table)};\n`
  return `${drop}alter table ${tablePath(next)} rename to ${table.name};`
}

/** A column as the contract has it, with its policy tag. */
export function columnOf(name: string, { columns }: CompiledModel, declared: Declared): FieldResource {
  const { type, description } = columns[name]!
  return tagged(fieldOf(name, type, description), declared)
}
