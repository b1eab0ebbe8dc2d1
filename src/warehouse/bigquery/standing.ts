import type { Standing, StandingRelation } from '../warehouse.ts'
import { describedColumn } from './fields.ts'
import type { TableResource } from './resources.ts'

/** A resource as what stands there. */
export function standingOf({ type, description, schema }: TableResource): Standing {
  if (type === 'VIEW') return { kind: 'view', comment: description }
  const columns = (schema?.fields ?? []).map(field => ({ ...describedColumn(field), comment: field.description }))
  return { kind: 'table', comment: description, columns }
}

/** A resource as a catalog tells of it. */
export function relationOf({ tableReference, type, description, schema }: TableResource): StandingRelation {
  const { datasetId, tableId, projectId } = tableReference
  const columns = (schema?.fields ?? []).map(field => {
    const { name, engineType } = describedColumn(field)
    return { name, engineType, comment: field.description }
  })
  return {
    table: { schema: datasetId, name: tableId, database: projectId },
    kind: type === 'VIEW' ? 'view' : 'table',
    comment: description,
    columns,
  }
}
