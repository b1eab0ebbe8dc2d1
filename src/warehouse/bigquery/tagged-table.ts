import type { CompiledModel, TableName } from '../../compile/compiled.ts'
import type { Fence } from '../sharing.ts'
import { type Declared, declaredResource, tagged } from './declared.ts'
import { fieldOf } from './fields.ts'
import type { FieldResource } from './resources.ts'
import type { BigQuerySession } from './session.ts'
import { fenceStatement } from './sharing.ts'
import type { Tables } from './tables.ts'

/**
 * SQL has no words for policy tags. So a table that has some is made by a request, empty and under another name, and filled there; it has its own name
 * only then: nobody finds a value in it without its tag, nor the table without its rows.
 */
export async function fillTagged(
  next: TableName,
  {
    session,
    tables,
    model,
    declared,
    fence,
  }: {
    readonly session: BigQuerySession
    readonly tables: Tables
    readonly model: CompiledModel
    readonly declared: Declared
    readonly fence: Fence | undefined
  },
  rows: string,
): Promise<void> {
  const { description, layout } = model.model.value
  const { partitionBy, clusterBy = [] } = layout ?? {}
  const partitions = partitionBy && { type: partitionBy.by.toUpperCase(), field: partitionBy.column }
  if (fence !== undefined) await session.execute(fenceStatement(fence))
  await tables.insertNew(next, {
    ...declaredResource(declared, partitions),
    description,
    schema: { fields: Object.keys(model.columns).map(name => columnOf(name, model, declared)) },
    ...(clusterBy.length === 0 ? {} : { clustering: { fields: clusterBy } }),
  })
  await session.overwriteRows(next, rows)
}

/** A column as the contract has it, with its policy tag. */
export function columnOf(name: string, { columns }: CompiledModel, declared: Declared): FieldResource {
  const { type, description } = columns[name]!
  return tagged(fieldOf(name, type, description), declared)
}
