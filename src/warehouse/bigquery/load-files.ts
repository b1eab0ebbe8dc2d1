import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ColumnType } from '../../authoring/column-type.ts'
import type { CompiledSourceTable, TableName } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { tablePath } from '../../compile/naming.ts'
import { DuckDBWarehouse } from '../duckdb/duckdb-warehouse.ts'
import type { DescribedColumn, Landed, RawFreshness, Session } from '../warehouse.ts'
import { fieldOf } from './fields.ts'
import type { BigQuerySession } from './session.ts'
import type { Tables } from './tables.ts'

/**
 * Files of this computer are read by DuckDB, in a folder that is thrown away, and what it made of them is loaded: every value, row id, row number
 * and bad row is then what it is on DuckDB. A load job costs nothing.
 */
export async function loadRawFiles(
  session: BigQuerySession,
  tables: Tables,
  source: CompiledSourceTable,
  quarantine: TableName,
): Promise<Landed> {
  return withDuckDB(async (local, warehouse, folder) => {
    const landed = await warehouse.land(local, { ...source, table: here(source.table) })
    await copy(local, folder, session, source.table, {
      ...typesOf(source.columns),
      tl_row_id: { kind: 'text' },
      tl_row_number: { kind: 'integer' },
    })
    if (landed.quarantinedCount > 0) await copyAsItIs(local, folder, session, quarantine)
    else await tables.drop(quarantine)
    return landed
  })
}

/** Says whether files can be read and have columns that suit. */
export function checkRawFiles(source: CompiledSourceTable): Promise<void> {
  return withDuckDB((local, warehouse) => warehouse.checkSource(local, source))
}

/** How fresh the rows of files are. */
export function filesFreshness(source: CompiledSourceTable): Promise<RawFreshness> {
  return withDuckDB((local, warehouse) => warehouse.freshness(local, source))
}

/** Makes a table of a seed's CSV file. */
export async function loadSeedFile(
  session: BigQuerySession,
  file: string,
  columns: Readonly<Record<string, ColumnType>>,
  into: TableName,
): Promise<void> {
  await withDuckDB(async (local, warehouse, folder) => {
    await warehouse.loadSeed(local, file, columns, here(into))
    await copy(local, folder, session, into, columns)
  })
}

async function withDuckDB<T>(
  work: (local: Session, warehouse: DuckDBWarehouse, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-load-'))
  try {
    const warehouse = await DuckDBWarehouse.open({ path: join(folder, 'landing.duckdb') })
    try {
      const local = await warehouse.connect()
      try {
        return await work(local, warehouse, folder)
      } finally {
        local.close()
      }
    } finally {
      await warehouse.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same table in the folder's database. */
function here({ schema, name }: TableName): TableName {
  return { schema, name }
}

function typesOf(columns: CompiledSourceTable['columns']): Readonly<Record<string, ColumnType>> {
  return Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]))
}

async function copyAsItIs(local: Session, folder: string, session: BigQuerySession, table: TableName): Promise<void> {
  const columns = await local.describe(`select * from ${tablePath(here(table))}`)
  const known = (column: DescribedColumn): ColumnType => column.type ?? { kind: 'text' }
  await copy(local, folder, session, table, Object.fromEntries(columns.map(column => [column.name, known(column)])))
}

async function copy(
  local: Session,
  folder: string,
  session: BigQuerySession,
  table: TableName,
  columns: Readonly<Record<string, ColumnType>>,
): Promise<void> {
  const file = join(folder, `${table.name}.ndjson`)
  const selected = Object.entries(columns).map(([name, type]) => {
    const quoted = duckdb.identifier(name)
    return `${loadable(type, quoted)} as ${quoted}`
  })
  const rows = `select ${selected.join(', ')} from ${tablePath(here(table))}`
  await local.execute(`copy (${rows}) to ${duckdb.text(file)} (format json)`)
  const fields = Object.entries(columns).map(([name, type]) => fieldOf(name, type))
  await session.loadLines(file, fields, table)
}

/** A value as JSON that BigQuery reads exactly: numbers past what a double holds go as text. */
function loadable(type: ColumnType, value: string, depth = 0): string {
  switch (type.kind) {
    case 'integer':
    case 'number':
      return `cast(${value} as varchar)`
    case 'list':
      return `list_transform(${value}, lambda x${depth}: ${loadable(type.of, `x${depth}`, depth + 1)})`
    case 'record': {
      const fields = Object.entries(type.fields).map(([name, of]) => {
        const quoted = duckdb.identifier(name)
        return `${quoted} := ${loadable(of, `${value}.${quoted}`, depth)}`
      })
      return `case when ${value} is not null then struct_pack(${fields.join(', ')}) end`
    }
    default:
      return value
  }
}
