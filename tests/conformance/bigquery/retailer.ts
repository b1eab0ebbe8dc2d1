import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateRetailer, type RetailerOptions } from '../../../examples/retailer/generate.ts'
import type { Columns } from '../../../src/authoring/column.ts'
import { Terminal } from '../../../src/cli/terminal.ts'
import { openWorkspace } from '../../../src/cli/workspace.ts'
import { compileProject } from '../../../src/compile/compile-project.ts'
import type { CompiledModel, CompiledProject, TableName } from '../../../src/compile/compiled.ts'
import { bigquery } from '../../../src/compile/dialect/bigquery.ts'
import type { Dialect } from '../../../src/compile/dialect/dialect.ts'
import { duckdb } from '../../../src/compile/dialect/duckdb.ts'
import { graphOf } from '../../../src/compile/graph-of.ts'
import { landingColumns } from '../../../src/compile/landing-columns.ts'
import { tablePath } from '../../../src/compile/naming.ts'
import { type SqlTable, sqlColumnsOf, tableOf } from '../../../src/googlesql/catalog.ts'
import type { SqlValue } from '../../../src/googlesql/values.ts'
import { describeProblem } from '../../../src/problems/problem.ts'
import { topologicalOrder } from '../../../src/project/graph.ts'
import { DuckDBWarehouse } from '../../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Row } from '../../../src/warehouse/warehouse.ts'
import { type Answer, effectsOf, type } from '../../cli/support.ts'

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

const stock = fileURLToPath(new URL('../../../', import.meta.url))
const configFile = 'warehouse.config.yaml'
const now = '2026-06-01T12:00:00.000Z'

export async function builtRetailer(size: Omit<RetailerOptions, 'folder'>): Promise<BuiltRetailer> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-conformance-'))
  try {
    return await build(folder, size)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function build(folder: string, size: Omit<RetailerOptions, 'folder'>): Promise<BuiltRetailer> {
  for (const name of [configFile, 'seeds'])
    cpSync(join(stock, 'examples/retailer', name), join(folder, name), { recursive: true })
  await generateRetailer({ ...size, folder: join(folder, '.throughline') })
  const built = await type(folder, ['build'], { stock, now })
  if (built.exitCode !== 0) throw new Error(built.stdout + built.stderr)
  const forBigQuery = compiledFor(bigquery, folder)
  const { models, sourceTables } = forBigQuery
  const warehouse = await DuckDBWarehouse.open({ path: join(folder, '.throughline/retailer.duckdb') })
  const session = await warehouse.connect()
  const query = async (sql: string) => (await session.query(sql)) as readonly Row[] as readonly PlainRow[]
  const table = async (of: TableName, columns: Columns) =>
    tableOf(tablePath(of), sqlColumnsOf(columns), await query(`select * from ${tablePath(of)}`))
  return {
    forDuckDB: compiledFor(duckdb, folder),
    forBigQuery,
    models: topologicalOrder(graphOf(forBigQuery)).filter(name => hasRows(models.get(name))),
    query,
    table,
    buildInBigQuery: (address, args = []) => {
      const target = `{ engine: bigquery, project: proof, location: EU, dataset: journeys, api_endpoint: "${address}" }`
      const config = readFileSync(join(folder, configFile), 'utf8').replace(
        /^targets:$/m,
        `targets:\n  proof: ${target}`,
      )
      writeFileSync(join(folder, 'proof.config.yaml'), config)
      return type(folder, ['build', '--config', 'proof.config.yaml', '--target', 'proof', ...args], { stock, now })
    },
    tablesOf: async read => {
      const ofModels = read.parents.map(name => models.get(name)!).map(parent => table(parent.table, parent.columns))
      const raw = read.sourceTables.map(async name => {
        const { table: of, columns } = sourceTables.get(name)!
        const landed = [...sqlColumnsOf(columns as Columns), ...sqlColumnsOf(landingColumns)]
        return tableOf(tablePath(of), landed, await query(`select * from ${tablePath(of)}`))
      })
      return Promise.all([...ofModels, ...raw])
    },
    close: async () => {
      session.close()
      await warehouse.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const hasRows = (model: CompiledModel | undefined): boolean =>
  model?.query !== undefined && model.materialization !== 'inline'

function compiledFor(dialect: Dialect, folder: string): CompiledProject {
  const terminal = new Terminal(effectsOf(folder, { stock, now }).effects, 'text', false)
  const { compiled, problems } = compileProject({ ...openWorkspace({}, terminal).input, dialect })
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  return compiled
}
