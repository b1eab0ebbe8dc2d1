import { typeText } from '../../../../src/googlesql/types.ts'
import type { WireRow } from '../../../../src/googlesql/wire.ts'
import type { Outcome } from './engine/session.ts'
import { apiField } from './fields.ts'
import type { Store, StoredColumn, StoredTable } from './store.ts'

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#data_type_sizes; what varies is taken at its mean here */
const sizes: Readonly<Record<string, number>> = { BOOL: 1, NUMERIC: 16, BIGNUMERIC: 32, INTERVAL: 16 }

/** The logical size of rows, as BigQuery would count it, about: text, JSON, arrays and structs by the length of their JSON. */
export function bytesOf(columns: readonly StoredColumn[], rows: readonly WireRow[]): number {
  let total = 0
  for (const row of rows) {
    columns.forEach(({ type }, index) => {
      const varies = /^(STRING|BYTES|JSON|ARRAY|STRUCT|GEOGRAPHY)/.test(typeText(type))
      total += varies ? 2 + JSON.stringify(row[index] ?? {}).length : (sizes[type.kind] ?? 8)
    })
  }
  return total
}

/**
 * What a query costs here is made up from the sizes of the tables that it names, and so the same each time: their bytes are processed, ten
 * megabytes a table at the least are billed, a thousand bytes take a slot millisecond. The real numbers are others.
 */
export function costOf(tables: readonly StoredTable[]): {
  readonly processed: number
  readonly billed: number
  readonly slotMs: number
} {
  const sizesOf = tables.map(({ columns, rows }) => bytesOf(columns, rows))
  const processed = sizesOf.reduce((sum, size) => sum + size, 0)
  const least = 10 * 1024 * 1024
  const billed = sizesOf.reduce((sum, size) => sum + Math.max(least, Math.ceil(size / 1_048_576) * 1_048_576), 0)
  return { processed, billed, slotMs: 1 + Math.ceil(processed / 1000) }
}

/** `statistics.query` of a finished job: https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2 */
export function queryStatistics(store: Store, outcomes: readonly Outcome[], tables: readonly StoredTable[]): object {
  const { processed, billed, slotMs } = costOf(tables)
  const last = outcomes.at(-1)
  const isScript = outcomes.length > 1
  const dml = isScript ? undefined : last?.dml
  return {
    statementType: isScript ? 'SCRIPT' : (last?.type ?? 'SCRIPT'),
    totalBytesProcessed: String(processed),
    totalBytesBilled: String(billed),
    totalSlotMs: String(slotMs),
    billingTier: 1,
    cacheHit: false,
    ...(dml === undefined
      ? {}
      : {
          numDmlAffectedRows: String(last?.affected ?? 0),
          dmlStats: {
            insertedRowCount: String(dml.inserted),
            updatedRowCount: String(dml.updated),
            deletedRowCount: String(dml.deleted),
          },
        }),
    ...(last?.operation === undefined || isScript ? {} : { ddlOperationPerformed: last.operation }),
    ...(last?.operation === undefined || last.target === undefined || isScript
      ? {}
      : { ddlTargetTable: { projectId: store.project, datasetId: last.target.dataset, tableId: last.target.table } }),
    ...(last?.columns === undefined ? {} : { schema: { fields: last.columns.map(apiField) } }),
  }
}
