import type { RetailerOptions } from '../../../examples/retailer/generate.ts'
import type { Columns } from '../../../src/authoring/column.ts'
import type { CompiledModel, CompiledProject, TableName } from '../../../src/compile/compiled.ts'
import { bigquery } from '../../../src/compile/dialect/bigquery.ts'
import { duckdb } from '../../../src/compile/dialect/duckdb.ts'
import { landingColumns } from '../../../src/compile/landing-columns.ts'
import { tablePath } from '../../../src/compile/naming.ts'
import { type SqlTable, sqlColumnsOf, tableOf } from '../../../src/googlesql/catalog.ts'
import type { SqlValue } from '../../../src/googlesql/values.ts'
import type { Row } from '../../../src/warehouse/warehouse.ts'
import type { Answer } from '../../cli/support.ts'
import { modelsWithQueries, retailerHere } from '../retailer.ts'

export type PlainRow = Readonly<Record<string, SqlValue>>

/** The sample project built over a generated retailer in DuckDB, and its SQL for both engines as of the same instant. */
export interface BuiltRetailer {
  readonly forDuckDB: CompiledProject
  readonly forBigQuery: CompiledProject
  /** The models that have a query and rows of their own, parents first. */
  readonly models: readonly string[]
  /** What DuckDB gives. */
  query(sql: string): Promise<readonly PlainRow[]>
  /** A table as DuckDB has it, as Google's evaluator is given it. */
  table(table: TableName, columns: Columns): Promise<SqlTable>
  /** Builds the same project from the same files in BigQuery, as reached at `address`; gives what the command says. */
  buildInBigQuery(address: string, args?: readonly string[]): Promise<Answer>
  /** The tables that a model or a test reads. */
  tablesOf(read: Pick<CompiledModel, 'parents' | 'sourceTables'>): Promise<readonly SqlTable[]>
  close(): Promise<void>
}

export async function builtRetailer(size: Omit<RetailerOptions, 'folder'>): Promise<BuiltRetailer> {
  const here = await retailerHere(size)
  const forBigQuery = here.compiledFor(bigquery)
  const { models, sourceTables } = forBigQuery
  const query = async (sql: string) => (await here.query(sql)) as readonly Row[] as readonly PlainRow[]
  const table = async (of: TableName, columns: Columns) =>
    tableOf(tablePath(of), sqlColumnsOf(columns), await query(`select * from ${tablePath(of)}`))
  return {
    forDuckDB: here.compiledFor(duckdb),
    forBigQuery,
    models: modelsWithQueries(forBigQuery),
    query,
    table,
    buildInBigQuery: (address, args = []) =>
      here.typeIn(`{ engine: bigquery, project: proof, location: EU, dataset: journeys, api_endpoint: "${address}" }`, [
        'build',
        ...args,
      ]),
    tablesOf: async read => {
      const ofModels = read.parents.map(name => models.get(name)!).map(parent => table(parent.table, parent.columns))
      const raw = read.sourceTables.map(async name => {
        const { table: of, columns } = sourceTables.get(name)!
        const landed = [...sqlColumnsOf(columns as Columns), ...sqlColumnsOf(landingColumns)]
        return tableOf(tablePath(of), landed, await query(`select * from ${tablePath(of)}`))
      })
      return Promise.all([...ofModels, ...raw])
    },
    close: here.close,
  }
}
