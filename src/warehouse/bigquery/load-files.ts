import type { ColumnType } from '../../authoring/column-type.ts'
import type { CompiledSourceTable, TableName } from '../../compile/compiled.ts'
import { type Load, landFiles, loadSeed } from '../local-files.ts'
import type { Landed } from '../warehouse.ts'
import { type Declared, policyTagsOf, tagged } from './declared.ts'
import { fieldOf } from './fields.ts'
import type { BigQuerySession } from './session.ts'
import type { Tables } from './tables.ts'

/** Loads what DuckDB made of files of this computer. A load job costs nothing. */
export function loadRawFiles(
  session: BigQuerySession,
  tables: Tables,
  source: CompiledSourceTable,
  quarantine: TableName,
  makeReady: () => Promise<void>,
): Promise<Landed> {
  const drop = () => tables.drop(quarantine)
  const policyTags = policyTagsOf(source.columns, tables.policyTags)
  // Rows set aside are kept as they came, in a table of other columns.
  const load: Load = loaded => into(session, loaded.table === source.table ? policyTags : {})(loaded)
  return landFiles(source, { quarantine, makeReady, load, dropQuarantine: drop })
}

/** Makes a table of a seed's CSV file. */
export function loadSeedFile(
  session: BigQuerySession,
  file: string,
  columns: Readonly<Record<string, ColumnType>>,
  table: TableName,
): Promise<void> {
  return loadSeed(file, columns, table, into(session))
}

function into(session: BigQuerySession, policyTags: Declared['policyTags'] = {}): Load {
  return async ({ writeLines, columns, table }) => {
    const fields = Object.entries(columns).map(([name, type]) => tagged(fieldOf(name, type), { policyTags }))
    await session.loadLines(await writeLines({ keys: 'names', compression: 'none' }), fields, table)
  }
}
