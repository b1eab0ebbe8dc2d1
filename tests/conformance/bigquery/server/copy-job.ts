import { duplicate } from './api-error.ts'
import { refuseWithoutTrueFilter } from './engine/row-policies.ts'
import type { CopyConfiguration, Done, TableReference } from './jobs.ts'
import type { Store, TableId } from './store.ts'
import { writeTable } from './write-table.ts'

/**
 * Copies tables. Policies come with the source and replace those of the destination, but for WRITE_APPEND:
 * https://cloud.google.com/bigquery/docs/using-row-level-security-with-features#copy_jobs
 */
export function runCopyJob(copy: CopyConfiguration, store: Store, caller: string): Done {
  const sources = (copy.sourceTables ?? [copy.sourceTable!]).map(idOf)
  const id = idOf(copy.destinationTable)
  const createDisposition = copy.createDisposition ?? 'CREATE_IF_NEEDED'
  const writeDisposition = copy.writeDisposition ?? 'WRITE_EMPTY'
  const tables = sources.map(source => store.table(source))
  for (const [index, table] of tables.entries()) refuseWithoutTrueFilter(caller, table, store.fullName(sources[index]!))
  const standing = store.findTable(id)
  if (standing !== undefined && writeDisposition === 'WRITE_EMPTY' && standing.rows.length > 0)
    throw duplicate('Table', store.fullName(id))
  const rows = tables.flatMap(table => table.rows)
  const [first] = tables
  if (standing !== undefined && writeDisposition === 'WRITE_APPEND') {
    writeTable(store, { id, writeDisposition, createDisposition }, first!.columns, rows)
  } else if (standing === undefined) {
    if (createDisposition === 'CREATE_NEVER') throw store.noTable(id)
    const now = store.clock.now()
    store.putTable(id, { ...first!, rows, kind: 'TABLE', bindings: [], createdAt: now, modifiedAt: now })
  } else {
    const { columns, partitioning, clustering, rowPolicies } = first!
    store.changeTable(id, { columns, partitioning, clustering, rowPolicies, rows })
  }
  return { outcome: undefined, statistics: {} }
}

const idOf = ({ datasetId, tableId }: TableReference): TableId => ({ dataset: datasetId, table: tableId })
