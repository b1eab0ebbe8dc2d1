import { writeArtifact } from '../../artifacts/artifact-file.ts'
import { catalogOf } from '../../artifacts/catalog.ts'
import type { TableName } from '../../compile/compiled.ts'
import { distinctSchemas, schemaOf, tableLabel, tablePath } from '../../compile/naming.ts'
import type { RunResult } from '../../run/result.ts'
import { rowCountQuery } from '../../run/table-status.ts'
import type { Session, Warehouse } from '../../warehouse/warehouse.ts'
import { artifactFolder } from '../folders.ts'
import type { Terminal } from '../terminal.ts'
import type { Workspace } from '../workspace.ts'
import { contextOf } from './artifacts.ts'

/** Writes the catalog of what stands in the warehouse after a run, whatever came of it; gives where. */
export async function writeCatalog(
  warehouse: Warehouse,
  workspace: Workspace,
  result: Pick<RunResult, 'runId' | 'startedAt'>,
  { mask, effects }: Terminal,
): Promise<string> {
  const { models, sourceTables } = workspace.compiled
  const sources = [...sourceTables.values()].map(({ table }) => table)
  const schemas = distinctSchemas([...models.values(), ...sourceTables.values()].map(({ table }) => schemaOf(table)))
  const session = await warehouse.connect()
  try {
    const standing = await warehouse.standingAll(session, schemas)
    // To count the rows of a view would be to read what it reads.
    const landed = sources.filter(table => standing.get(tableLabel(table))?.kind === 'table')
    const rowCounts = new Map([
      ...(await published(session, workspace.input.naming.status)),
      ...(await counted(session, landed)),
    ])
    const { runId, startedAt } = result
    const generatedAt = effects.now().toISOString()
    const catalog = catalogOf({ ...contextOf(workspace), standing, rowCounts, runId, startedAt, generatedAt })
    return writeArtifact(artifactFolder(workspace.config), 'catalog.json', catalog, mask)
  } finally {
    session.close()
  }
}

type Counts = readonly (readonly [path: string, count: number])[]

/** As each table was published, by whichever run. */
async function published(session: Session, status: TableName): Promise<Counts> {
  const rows = await session.query(rowCountQuery(status))
  return rows.map(row => [String(row.table_name), Number(row.row_count)])
}

/** Raw tables, which may be of an earlier run; engines know the number of rows of a table without reading it. */
async function counted(session: Session, tables: readonly TableName[]): Promise<Counts> {
  if (tables.length === 0) return []
  const counts = tables.map(
    (table, index) => `select ${index} as place, count(*) as row_count from ${tablePath(table)}`,
  )
  const rows = await session.query(counts.join('\nunion all '))
  return rows.map(row => [tableLabel(tables[Number(row.place)]!), Number(row.row_count)])
}
