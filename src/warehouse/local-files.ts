import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ColumnType } from '../authoring/column-type.ts'
import type { CompiledSourceTable, TableName } from '../compile/compiled.ts'
import { duckdb } from '../compile/dialect/duckdb.ts'
import { tablePath } from '../compile/naming.ts'
import { DuckDBWarehouse } from './duckdb/duckdb-warehouse.ts'
import type { DescribedColumn, Landed, RawFreshness, Session } from './warehouse.ts'

/** Rows that a warehouse is to load in place of a table. */
export interface Loading {
  readonly table: TableName
  readonly columns: Readonly<Record<string, ColumnType>>
  /** Writes them into a file, a JSON object a line, and gives its path; it is gone when the loading ends. */
  writeLines(form: LinesForm): Promise<string>
}

export interface LinesForm {
  /** What the objects' keys are: the columns' names, or `c0`, `c1` … in their order. */
  readonly keys: 'names' | 'places'
  readonly compression: 'none' | 'gzip'
}

export type Load = (loading: Loading) => Promise<void>

interface Landing {
  readonly quarantine: TableName
  /** Done when all has been read, before anything is loaded. */
  readonly makeReady: () => Promise<void>
  readonly load: Load
  readonly dropQuarantine: () => Promise<void>
}

/**
 * Files of this computer are read by DuckDB, in a folder that is thrown away, and what it made of them is loaded: every value, row id, row number
 * and bad row is then what it is on DuckDB.
 */
export async function landFiles(
  source: CompiledSourceTable,
  { quarantine, makeReady, load, dropQuarantine }: Landing,
): Promise<Landed> {
  return withDuckDB(async (local, warehouse, folder) => {
    const landed = await warehouse.land(local, { ...source, table: here(source.table) })
    await makeReady()
    const declared = Object.entries(source.columns).map(([name, { type }]) => [name, type] as const)
    const landing = { tl_row_id: { kind: 'text' }, tl_row_number: { kind: 'integer' } } as const
    await load(loadingOf(local, folder, source.table, { ...Object.fromEntries(declared), ...landing }))
    if (landed.quarantinedCount === 0) await dropQuarantine()
    else await load(loadingOf(local, folder, quarantine, await typesOf(local, quarantine)))
    return landed
  })
}

/** Loads the rows of a seed's CSV file. Throws `ProblemsError` naming the line. */
export async function loadSeed(
  file: string,
  columns: Readonly<Record<string, ColumnType>>,
  table: TableName,
  load: Load,
): Promise<void> {
  await withDuckDB(async (local, warehouse, folder) => {
    await warehouse.loadSeed(local, file, columns, here(table))
    await load(loadingOf(local, folder, table, columns))
  })
}

/** Says whether files can be read and have columns that suit. */
export function checkRawFiles(source: CompiledSourceTable): Promise<void> {
  return withDuckDB((local, warehouse) => warehouse.checkSource(local, source))
}

/** How fresh the rows of files are. */
export function filesFreshness(source: CompiledSourceTable, asOf: string): Promise<RawFreshness> {
  return withDuckDB((local, warehouse) => warehouse.freshness(local, source, asOf))
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

async function typesOf(local: Session, table: TableName): Promise<Readonly<Record<string, ColumnType>>> {
  const columns = await local.describe(`select * from ${tablePath(here(table))}`)
  const known = (column: DescribedColumn): ColumnType => column.type ?? { kind: 'text' }
  return Object.fromEntries(columns.map(column => [column.name, known(column)]))
}

/** The rows of a table in DuckDB, written into files of a folder. */
export function loadingOf(
  local: Session,
  folder: string,
  table: TableName,
  columns: Readonly<Record<string, ColumnType>>,
): Loading {
  return {
    table,
    columns,
    writeLines: async ({ keys, compression }) => {
      const file = join(folder, `${table.name}.json${compression === 'gzip' ? '.gz' : ''}`)
      const selected = Object.entries(columns).map(([name, type], index) => {
        const key = keys === 'names' ? duckdb.identifier(name) : `c${index}`
        return `${loadable(type, duckdb.identifier(name))} as ${key}`
      })
      const rows = `select ${selected.join(', ')} from ${tablePath(here(table))}`
      await local.execute(`copy (${rows}) to ${duckdb.text(file)} (format json, compression ${compression})`)
      return file
    },
  }
}

/** A value as JSON that is read exactly: numbers past what a double holds go as text. */
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
